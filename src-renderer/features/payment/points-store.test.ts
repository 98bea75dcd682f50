import { beforeEach, describe, expect, it } from "vitest";
import { ring } from "../../app/register.ts";
import { ask } from "../../app/till.ts";
import { ANNA } from "../../testing/fake-customers.ts";
import { euros, item } from "../../testing/fake-shop.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { shownBasket, signedIn } from "../../testing/signed-in.ts";
import { beginPayment, takeCash, usePayment } from "./payment-store.ts";
import { beginPoints, pointsToTake, stepPoints, takePoints, typePoints, usePoints } from "./points-store.ts";

let till: FakeTill;
beforeEach(async () => {
  till = await signedIn();
  till.points.give(ANNA.id, 2_550);
  await ask("setCustomer", { customer: ANNA.id });
  await ring(item("MUG"));
  beginPayment();
});

const found = () => {
  const points = usePoints.getState().found;
  if (points === null) throw new Error("no points were found");
  return points;
};

describe("paying with points", () => {
  it("the basket says what the customer has and what the sale brings them", () => {
    expect(shownBasket().loyalty).toMatchObject({ balance: 2_550, earns: 12, mayPay: true });
  });

  it("as many whole steps as can pay are offered, and the rest is paid in cash", async () => {
    await beginPoints();
    expect(found()).toMatchObject({
      balance: 2_550,
      most: 1_200,
      amount: euros(1_200),
      boundBy: "remaining",
    });
    await takePoints();
    expect(shownBasket().remaining).toEqual(euros(90));
    expect(usePayment.getState().method).toBe("cash");
    await takeCash(euros(90));
    expect(shownBasket().tenders.map(({ kind }) => kind)).toEqual(["points", "cash"]);
  });

  it("fewer can be taken, step by step or typed", async () => {
    await beginPoints();
    stepPoints(-1);
    expect(pointsToTake(found())).toBe(1_100);
    stepPoints(1);
    stepPoints(1);
    expect(pointsToTake(found())).toBe(1_200);
    usePoints.setState({ digits: "" });
    typePoints("300");
    await takePoints();
    expect(shownBasket().remaining).toEqual(euros(990));
  });

  it("of what is no whole step the whole steps are taken, as the button says, and never more than can pay", async () => {
    await beginPoints();
    typePoints("150");
    expect(pointsToTake(found())).toBe(100);
    await takePoints();
    expect(shownBasket().tenders).toMatchObject([{ kind: "points", points: 100 }]);
    await beginPoints();
    typePoints("99999");
    expect(pointsToTake(found())).toBe(found().most);
  });

  it("less than one step takes nothing", async () => {
    await beginPoints();
    typePoints("20");
    await takePoints();
    expect(usePoints.getState().digits).toBe("20");
    expect(shownBasket().tenders).toEqual([]);
  });

  it("where points can pay nothing, it stays in sight why", async () => {
    till.points.give(ANNA.id, -2_540);
    await beginPoints();
    expect(usePoints.getState().refused).toBe("pointsTooFew");
  });

  it("without a connection no more than the store lets a till take", async () => {
    till.points.isOnline = false;
    await beginPoints();
    expect(found()).toMatchObject({ most: 1_000, boundBy: "offline", askedServer: false });
  });
});
