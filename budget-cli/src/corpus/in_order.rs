//! Work in parallel, results in order, memory bounded.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;

use rayon::ThreadPool;

/// Does `work` on every item on the threads of a pool, and hands item and result to `take` on this thread, in the order
/// of the items whatever the number of threads.
///
/// At most `window` items are being worked on or wait for one before them: a new one begins when one was taken. A panic
/// of `work` is a result like any other. When `take` breaks, what has begun is finished and thrown away.
pub(crate) fn in_order<T: Send, R: Send>(
    pool: &ThreadPool,
    window: usize,
    items: impl IntoIterator<Item = T>,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(T, thread::Result<R>) -> ControlFlow<()>,
) {
    pool.in_place_scope_fifo(|scope| {
        let (sender, receiver) = mpsc::channel();
        let mut items = items.into_iter().enumerate();
        let mut begin = || {
            let Some((index, item)) = items.next() else { return false };
            let (sender, work) = (sender.clone(), &work);
            scope.spawn_fifo(move |_| {
                let result = catch_unwind(AssertUnwindSafe(|| work(&item)));
                // Nobody waits for it if `take` broke.
                let _ = sender.send((index, item, result));
            });
            true
        };
        let mut begun = (0..window.max(1)).take_while(|_| begin()).count();
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        while next < begun {
            // Never disconnected: `begin` keeps a sender.
            let Ok((index, item, result)) = receiver.recv() else { return };
            waiting.insert(index, (item, result));
            while let Some((item, result)) = waiting.remove(&next) {
                if take(item, result).is_break() {
                    return;
                }
                next += 1;
                begun += usize::from(begin());
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn pool(threads: usize) -> ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    #[test]
    fn results_come_in_the_order_of_the_items_and_no_more_than_the_window_are_there_at_once() {
        for threads in [1, 2, 5] {
            let (there, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let mut taken = Vec::new();
            let work = |item: &u64| {
                most.fetch_max(there.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                // The first of ten takes longest.
                thread::sleep(Duration::from_micros(10 - item % 10) * 50);
                item * 2
            };
            in_order(&pool(threads), 4, 0..100, work, |item, result| {
                there.fetch_sub(1, Ordering::SeqCst);
                taken.push((item, result.unwrap()));
                ControlFlow::Continue(())
            });
            assert_eq!(taken, (0..100).map(|item| (item, item * 2)).collect::<Vec<_>>());
            assert!(most.into_inner() <= 4);
        }
    }

    #[test]
    fn a_panic_stops_nothing_and_a_break_stops_everything() {
        let mut taken = Vec::new();
        let work = |item: &u32| if *item == 3 { std::panic::resume_unwind(Box::new("on purpose")) } else { *item };
        in_order(&pool(2), 3, 0..1_000_000, work, |item, result| {
            taken.push(result.ok());
            if item == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(taken, [Some(0), Some(1), Some(2), None, Some(4), Some(5)]);
    }
}
