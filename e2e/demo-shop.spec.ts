import type { Page } from "@playwright/test";
import { expect, test } from "./harness/chain.ts";
import { hold } from "./harness/held.ts";

/** Whatever the answers that have come do, they have done it by then. */
async function takenIn(page: Page): Promise<void> {
  await page.evaluate(() => fetch("/demo-shop/api/shop").then((answer) => answer.json()));
}

test("a late answer of a place that was left does not replace the place that is gone to, nor does a late refusal", async ({
  chain,
  page,
}) => {
  await page.goto(`${chain.server.address}/demo-shop/`);
  const shelf = page.getByRole("heading", { name: "Good things, made up" });
  const empty = page.getByText("Your basket is empty.");
  const product = page.getByRole("link", { name: /Alentejo Olive Oil/ });
  await expect(product).toBeVisible();

  const late = await hold(page, "GET", /\/demo-shop\/api\/products\/[^?]+$/);
  const address = await product.getAttribute("href");
  await product.click();
  await late.asked(1);
  await page.evaluate(() => {
    location.hash = "#/product/there-is-none";
  });
  await late.asked(2);
  await page.getByRole("link", { name: "Basket", exact: true }).click();
  await expect(empty).toBeVisible();
  const answers = [page.waitForResponse(/there-is-none/), page.waitForResponse(/\/api\/products\/(?!there)/)];
  late.release();
  await Promise.all(answers);
  await takenIn(page);
  await expect(empty).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Add to basket" })).toHaveCount(0);

  await page.goto(`${chain.server.address}/demo-shop/${address}`);
  await expect(page.getByRole("button", { name: "Add to basket" })).toBeVisible();
  await expect(shelf).toHaveCount(0);
});

test("where the first place refuses after it was left, the page still says whose shop it is", async ({
  chain,
  page,
}) => {
  const late = await hold(page, "GET", /\/demo-shop\/api\/products\/there-is-none$/);
  await page.goto(`${chain.server.address}/demo-shop/#/product/there-is-none`);
  await late.asked(1);
  await page.getByRole("link", { name: "Basket", exact: true }).click();
  await expect(page.getByText("Your basket is empty.")).toBeVisible();
  late.release();
  await expect(page).toHaveTitle(/ · /);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("what was searched for last is what is shown, and more is added once however often it is asked for", async ({
  chain,
  page,
}) => {
  await page.goto(`${chain.server.address}/demo-shop/`);
  const shown = page.locator(".shelf").getByRole("listitem");
  await expect(shown.first()).toBeVisible();
  const first = await shown.count();

  const more = await hold(page, "GET", /\/demo-shop\/api\/products\?.*offset=[1-9]/);
  await page.getByRole("button", { name: "Show more" }).dblclick();
  await more.asked(1);
  more.release();
  await expect(shown).not.toHaveCount(first);
  await takenIn(page);
  expect(more.count).toBe(1);
  const titles = await shown
    .getByRole("link")
    .evaluateAll((links) => links.map((each) => each.getAttribute("href")));
  expect(new Set(titles).size).toBe(titles.length);

  const searching = await hold(page, "GET", /\/demo-shop\/api\/products\?search=bowl/);
  const box = page.getByRole("searchbox");
  await box.fill("bowl");
  await box.press("Enter");
  await searching.asked(1);
  const before = await shown.count();
  await box.fill("alentejo");
  await box.press("Enter");
  await expect(shown).not.toHaveCount(before);
  const answer = page.waitForResponse(/search=bowl/);
  const found = await shown.count();
  searching.release();
  await answer;
  await takenIn(page);
  await expect(shown).toHaveCount(found);

  // A refusal of what nobody searches for any more is not said.
  const said = "Nothing is found today.";
  const cups = /\/demo-shop\/api\/products\?search=cup/;
  await page.route(cups, (route) =>
    route.fulfill({ status: 500, json: { reason: "internal", message: said } }),
  );
  const refusing = await hold(page, "GET", cups);
  await box.fill("cup");
  await box.press("Enter");
  await refusing.asked(1);
  const overtaking = page.waitForResponse(/search=bowl/);
  await box.fill("bowl");
  await box.press("Enter");
  await overtaking;
  const refusal = page.waitForResponse(/search=cup/);
  refusing.release();
  await refusal;
  await takenIn(page);
  await expect(page.getByText(said)).toHaveCount(0);
});
