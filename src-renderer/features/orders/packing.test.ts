import { beforeEach, describe, expect, it } from "vitest";
import { useNotice, useTill } from "../../app/till.ts";
import { signedIn } from "../../testing/signed-in.ts";
import { resetOrders } from "./orders-store.ts";
import { isPacked, ship, withTracking } from "./packing.ts";

const order = (number: string) => {
  const found = useTill.getState().orders?.orders.find((each) => each.number === number);
  if (found === undefined) throw new Error(`${number} is not shown`);
  return found;
};

describe("sending an order", () => {
  beforeEach(async () => {
    await signedIn();
    resetOrders();
  });

  it("names the carrier and the number the customer can follow", async () => {
    await ship(order("FEN-1043"), [{ carrier: "DHL", tracking: " JJD77 " }]);
    expect(order("FEN-1043")).toMatchObject({
      state: "shipped",
      parcels: [{ carrier: "DHL", tracking: "JJD77" }],
    });
    expect(useNotice.getState().notice?.text).toBe("FEN-1043 is on its way.");
  });

  it("a label that is scanned goes to the first parcel without a number, then to the last", () => {
    const parcels = [
      { carrier: "DHL", tracking: "A" },
      { carrier: "DPD", tracking: "" },
    ];
    expect(withTracking(parcels, "B").map((each) => each.tracking)).toEqual(["A", "B"]);
    expect(withTracking(withTracking(parcels, "B"), "C").map((each) => each.tracking)).toEqual(["A", "C"]);
  });

  it("every parcel needs a carrier", () => {
    expect(isPacked([{ carrier: " ", tracking: "A" }])).toBe(false);
    expect(isPacked([])).toBe(false);
    expect(isPacked([{ carrier: "GLS", tracking: "" }])).toBe(true);
  });
});
