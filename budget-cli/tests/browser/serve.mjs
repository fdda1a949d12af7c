// Drops files on the page of `budget serve`: node serve.mjs FOLDER-OF-PACKAGES BROWSER ADDRESS FILE BAD-FILE
// Says what is wrong and ends with 1, or says nothing and ends with 0.

import { createRequire } from "node:module";
import { join } from "node:path";

const [packages, executablePath, address, file, bad] = process.argv.slice(2);
const { chromium } = createRequire(join(packages, "node_modules", "x.js"))("playwright-core");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath, args: [...flags, "--disable-component-update", "--disable-sync"] });
const wrong = [];
const page = await browser.newPage();
page.on("pageerror", (error) => wrong.push(String(error)));
page.on("request", (request) => request.url().startsWith(new URL(address).origin) || request.url().startsWith("data:") || wrong.push(request.url()));

await page.goto(address);
await page.setInputFiles("#file", bad);
await page.waitForFunction(() => document.getElementById("drop-state").value.length > 5);
if (page.url() !== address) wrong.push("what cannot be read leads somewhere");
await page.setInputFiles("#file", file);
await page.waitForURL(/report/);
if (!(await page.locator("h1").innerText()).includes("2025")) wrong.push("the report has no title");
if ((await page.locator("article.finding").count()) === 0) wrong.push("the report shows no finding");
await page.locator("p.up a").click();
await page.waitForURL(address);

// A file that is dropped and not chosen.
const data = await page.evaluateHandle(() => {
  const transfer = new DataTransfer();
  transfer.items.add(new File(["%PDF-1.7"], "馆.pdf"));
  return transfer;
});
await page.dispatchEvent("#drop", "drop", { dataTransfer: data });
await page.waitForFunction(() => document.getElementById("drop-state").value.length > 5);

await browser.close();
for (const line of wrong) console.log(line);
process.exit(wrong.length ? 1 : 0);
