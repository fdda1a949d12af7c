//! Encryption of the oldest kind: RC4 with a key of 40 bits.

/// How a file is encrypted.
pub(crate) struct Seal {
    key: [u8; 5],
    user: Vec<u8>,
}

const PADDING: [u8; 32] = *b"\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A";
const OWNER: [u8; 32] = [0x5A; 32];
const IDENTIFIER: &[u8] = b"0123456789abcdef";

impl Seal {
    /// A file that this password opens.
    pub(crate) fn of(password: &str) -> Self {
        let padded: Vec<u8> = password.bytes().chain(PADDING).take(32).collect();
        let hash = md5(&[&padded, &OWNER[..], &(-4_i32).to_le_bytes(), IDENTIFIER].concat());
        let key = [hash[0], hash[1], hash[2], hash[3], hash[4]];
        Self { key, user: rc4(&key, &PADDING) }
    }

    /// What the trailer says.
    pub(crate) fn entry(&self) -> String {
        let text = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>();
        format!(
            "/ID [<{0}> <{0}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{1}> /U <{2}> >>",
            text(IDENTIFIER),
            text(&OWNER),
            text(&self.user)
        )
    }

    /// The data of an object, encrypted.
    pub(crate) fn close(&self, object: usize, data: &[u8]) -> Vec<u8> {
        let number = (object as u32).to_le_bytes();
        let hash = md5(&[&self.key[..], &number[..3], &[0, 0]].concat());
        rc4(&hash[..10], data)
    }
}

fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut swap = 0_usize;
    for at in 0..256 {
        swap = (swap + usize::from(state[at]) + usize::from(key[at % key.len()])) % 256;
        state.swap(at, swap);
    }
    let (mut at, mut swap) = (0, 0);
    let byte = |byte: &u8| {
        at = (at + 1) % 256;
        swap = (swap + usize::from(state[at])) % 256;
        state.swap(at, swap);
        byte ^ state[(usize::from(state[at]) + usize::from(state[swap])) % 256]
    };
    data.iter().map(byte).collect()
}

#[allow(clippy::float_arithmetic, reason = "the constants are sines")]
fn md5(data: &[u8]) -> [u8; 16] {
    const TURNS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let mut padded = data.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend((data.len() as u64 * 8).to_le_bytes());
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in padded.chunks(64) {
        let words: Vec<u32> =
            block.chunks(4).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]])).collect();
        let [mut a, mut b, mut c, mut d] = state;
        for step in 0..64 {
            let (mixed, word) = match step / 16 {
                0 => ((b & c) | (!b & d), step),
                1 => ((d & b) | (!d & c), (5 * step + 1) % 16),
                2 => (b ^ c ^ d, (3 * step + 5) % 16),
                _ => (c ^ (b | !d), (7 * step) % 16),
            };
            let sine = (((step + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a.wrapping_add(mixed).wrapping_add(sine).wrapping_add(words[word]);
            (a, d, c) = (d, c, b);
            b = b.wrapping_add(sum.rotate_left(TURNS[step / 16][step % 4]));
        }
        for (whole, part) in state.iter_mut().zip([a, b, c, d]) {
            *whole = whole.wrapping_add(part);
        }
    }
    let mut hash = [0; 16];
    for (bytes, word) in hash.chunks_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
    hash
}
