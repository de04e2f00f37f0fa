// Visits pages in Chromium: reads a request as JSON from standard input, and writes what happened as JSON.
// {modules, pages: [address], widths, schemes, axe, keys: {page, typed, pressed}} -> [{page, width, scheme, ...}]
"use strict";

const { readFileSync } = require("node:fs");
const request = JSON.parse(readFileSync(0, "utf-8"));
const { chromium } = require(`${request.modules}/playwright-core`);
const axe = readFileSync(require.resolve(`${request.modules}/axe-core/axe.min.js`), "utf-8");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

async function visit(browser, address, width, colorScheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const seen = { page: address, width, scheme: colorScheme, said: [], ran: [], asked: [] };
  page.on("console", (message) => seen.said.push(message.text()));
  page.on("pageerror", (error) => seen.said.push(String(error)));
  page.on("dialog", (dialog) => { seen.ran.push(dialog.message()); dialog.dismiss(); });
  page.on("request", (asked) => seen.asked.push(asked.url()));
  await page.goto(address);
  if (request.keys) {
    await page.keyboard.press("Tab");
    await page.locator("#q").focus();
    await page.waitForFunction(() => window.icapitalSearch);
    for (const key of request.keys) await (/^(Arrow|Enter|Escape|Tab)/.test(key) ? page.keyboard.press(key) : page.keyboard.type(key));
    await page.waitForLoadState();
    seen.found = await page.locator("#found").textContent({ timeout: 1000 }).catch(() => null);
    seen.hits = await page.locator("#hits a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    seen.focus = await page.evaluate(() => document.activeElement.getAttribute("href") ?? document.activeElement.id);
    seen.end = page.url();
  }
  await page.addScriptTag({ content: axe });
  const told = request.axe ? await page.evaluate(() => axe.run(document, { resultTypes: ["violations"], preload: false })) : { violations: [] };
  seen.violations = told.violations.map((one) => [one.id, one.nodes.map((node) => node.target.join(" ")).slice(0, 3)]);
  seen.overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await page.emulateMedia({ media: "print" });
  seen.smallest = await page.evaluate(() => Math.min(...[...document.querySelectorAll("body *")]
    .filter((element) => element.offsetParent && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((element) => !element.closest("svg"))
    .map((element) => 0.75 * parseFloat(getComputedStyle(element).fontSize))));
  seen.ran.push(...(await page.evaluate(() => window.ran ?? [])));
  await context.close();
  return seen;
}

(async () => {
  const browser = await chromium.launch({ executablePath: request.chromium, args: flags });
  const all = [];
  for (const address of request.pages)
    for (const width of request.widths) for (const scheme of request.schemes) all.push(await visit(browser, address, width, scheme));
  await browser.close();
  process.stdout.write(JSON.stringify(all));
})();
