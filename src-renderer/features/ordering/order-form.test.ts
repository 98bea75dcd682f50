import { describe, expect, it } from "vitest";
import { idOf } from "#domain/ids.ts";
import { orderingArgs } from "#protocol/till/orders.ts";
import { emptyForm, type OrderForm, problemsOf, wishOf, withKnown } from "./order-form.ts";

const HOME: OrderForm = {
  ...emptyForm("de-DE"),
  name: " Marta Kowalska ",
  email: "marta@example.org",
  street: "Torstraße 140",
  postcode: "10119",
  city: "Berlin",
};

describe("an order for a customer", () => {
  it("to their home has name, contact and address, and the engine takes it", () => {
    const wish = wishOf(HOME);
    expect(wish?.contact.name).toBe("Marta Kowalska");
    expect(wish?.delivery).toMatchObject({
      kind: "ship",
      address: { lines: ["Torstraße 140"], country: "DE" },
    });
    expect(orderingArgs.safeParse(wish).success).toBe(true);
  });

  it("begins with what is known of the customer on the basket, and never writes over what was typed", () => {
    const known = { name: "Marta Kowalska", email: null, phone: "+49 30 1234567" };
    const fresh = emptyForm("de-DE");
    expect(withKnown(fresh, known)).toEqual({ ...fresh, name: known.name, phone: known.phone });
    expect(withKnown(HOME, known)).toBe(HOME);
  });

  it("for pickup elsewhere needs a store and no address", () => {
    const pickup = {
      ...emptyForm("de-DE"),
      kind: "pickup",
      name: "Marta",
      phone: "+49 30 555-0142",
    } as const;
    expect(problemsOf(pickup)).toEqual(["ordering.needStore"]);
    const chosen = { ...pickup, store: idOf<"Store">("HAM1") };
    expect(wishOf(chosen)?.delivery).toEqual({ kind: "pickup", store: "HAM1" });
  });

  it("says what is missing, the first thing first", () => {
    expect(problemsOf(emptyForm("de-DE"))[0]).toBe("ordering.needName");
    expect(problemsOf({ ...HOME, email: "" })).toEqual(["ordering.needContact"]);
    expect(problemsOf({ ...HOME, email: "marta@" })).toEqual(["ordering.badEmail"]);
    expect(problemsOf({ ...HOME, phone: "abc" })).toEqual(["ordering.badPhone"]);
    expect(problemsOf({ ...HOME, street: " ", country: "Germany" })).toEqual([
      "ordering.needStreet",
      "ordering.badCountry",
    ]);
    expect(wishOf({ ...HOME, city: "" })).toBeNull();
  });

  it("begins with the store's own country", () => {
    expect(emptyForm("de-AT").country).toBe("AT");
  });
});
