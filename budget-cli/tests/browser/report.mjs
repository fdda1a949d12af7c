// Opens reports in a browser as a reader would: node report.mjs FOLDER-OF-PACKAGES BROWSER FOLDER-FOR-PICTURES FILE...
// Says what is wrong and ends with 1, or says nothing and ends with 0.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, executablePath, pictures, ...files] = process.argv.slice(2);
const require = createRequire(join(packages, "node_modules", "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath, args: [...flags, "--disable-component-update", "--disable-sync"] });
const wrong = [];
const expecting = (file) => (holds, what) => holds || wrong.push(`${basename(file)}: ${what}`);

/** A page that notes what it complains of and what it asks for. */
async function open(file, options) {
  const expect = expecting(file);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(`${basename(file)}: console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`${basename(file)}: ${error}`));
  page.on("request", (request) => {
    const isOwn = /^(file|data):/.test(request.url());
    expect(isOwn, `it asks for ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  return { page, close: () => context.close() };
}

const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));

const SIZES = [
  { name: "desktop", viewport: { width: 1280, height: 900 }, colorScheme: "light", reducedMotion: "reduce" },
  { name: "phone", viewport: { width: 390, height: 844 }, colorScheme: "dark", reducedMotion: "reduce" },
];

/** Nothing wider than the screen, and nothing that axe objects to. */
async function looks(file) {
  const expect = expecting(file);
  for (const { name, ...size } of SIZES) {
    const { page, close } = await open(file, size);
    await page.screenshot({ path: join(pictures, `${basename(file, ".html")}-${name}.png`) });
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(excess <= 0, `${name}: ${excess} pixels wider than the screen`);
    await close();
    // The checker itself is a script that the page would not let run.
    const checked = await open(file, { ...size, bypassCSP: true });
    // What is folded differs in nothing but its colours, which one of the two shows.
    if (name === "desktop" || (await checked.page.locator("td").count()) < 5000) await unfold(checked.page);
    await checked.page.evaluate(axe);
    const result = await checked.page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    for (const { id, nodes } of result.violations) expect(false, `${name}: ${id}: ${nodes[0].html.slice(0, 200)}`);
    await checked.close();
  }
}

/** Every link of a finding leads to something that is then in view. */
async function leads(file) {
  const expect = expecting(file);
  const { page, close } = await open(file, SIZES[0]);
  const links = await page.$$eval(".finding a[href^='#']", (all) => all.map((link) => link.getAttribute("href")));
  const counted = await page.locator("article.finding").count();
  expect(counted === 0 || links.length > 0 || (await page.locator(".lines").count()) > 0, "findings lead nowhere");
  await unfold(page);
  for (const href of [...new Set(links)].slice(0, 15)) {
    await page.evaluate(() => document.querySelectorAll("details.table").forEach((one) => (one.open = false)));
    await page.locator(`.finding a[href='${href}']`).first().click();
    await page.waitForTimeout(50);
    const seen = await page.evaluate(async (id) => {
      const target = document.getElementById(id);
      if (!target) return "nothing has this name";
      // Until scrolling has come to rest.
      for (let last = NaN, at = scrollY; last !== at; at = scrollY) {
        last = at;
        await new Promise((done) => setTimeout(done, 60));
      }
      const box = target.getBoundingClientRect();
      const isIn = box.height > 0 && box.top < innerHeight && box.bottom > 0;
      return isIn ? "" : `it stands at ${Math.round(box.top)} of ${innerHeight}`;
    }, href.slice(1));
    expect(!seen, `${href}: ${seen}`);
  }
  await close();
}

/** Search leaves what holds the words; a printed report has pages of A4; without scripts everything can be read. */
async function works(file) {
  const expect = expecting(file);
  const { page, close } = await open(file, SIZES[0]);
  const rows = page.locator("[data-search]");
  const all = await rows.count();
  if (all > 0) {
    await page.fill("#q", "不可能有这样的词");
    await page.waitForFunction(() => document.querySelector("output").value !== "");
    const left = () => rows.evaluateAll((list) => list.filter((row) => !row.hidden).length);
    expect((await left()) === 0, "search shows what does not hold the words");
    await page.fill("#q", "");
    await page.waitForFunction(() => document.querySelector("output").value === "");
    expect((await left()) === all, "an empty search hides something");
  }
  for (const table of await page.locator("table.sortable").all()) {
    await table.evaluate((one) => {
      for (let at = one; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    });
    const button = table.locator("thead button").nth(1);
    await button.click();
    const state = await table.locator("thead th").nth(1).getAttribute("aria-sort");
    expect(state === "ascending", "a column is not sorted");
  }
  const printed = await page.pdf({ preferCSSPageSize: true });
  expect(printed.length > 10_000 && printed.includes("%PDF"), "it cannot be printed");
  await close();
  const plain = await open(file, { ...SIZES[0], javaScriptEnabled: false });
  const text = await plain.page.locator("main").innerText();
  expect(text.length > 100, "without scripts nothing can be read");
  await plain.page.locator("details > summary").first().click({ timeout: 2000 }).catch(() => {});
  await plain.close();
}

// Some at a time: a browser waits more than it works.
const left = [...files];
const work = async () => {
  for (let file = left.shift(); file; file = left.shift()) {
    await looks(file);
    await leads(file);
    await works(file);
  }
};
await Promise.all([work(), work(), work(), work()]);
await browser.close();
for (const line of wrong) console.log(line);
process.exit(wrong.length ? 1 : 0);
