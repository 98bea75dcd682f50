import { beforeEach, describe, expect, it } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { useOverlay } from "../../app/overlay.ts";
import { ring, scan, useRegister } from "../../app/register.ts";
import { ask, useNotice } from "../../app/till.ts";
import { ANNA, BEN } from "../../testing/fake-customers.ts";
import { euros, item } from "../../testing/fake-shop.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { shownBasket, signedIn } from "../../testing/signed-in.ts";
import {
  attachCustomer,
  attachFirst,
  detachCustomer,
  findCustomers,
  loadCustomer,
  openCustomer,
  typeAheadCustomers,
  useCustomers,
} from "./customer-store.ts";

let till: FakeTill;
beforeEach(async () => {
  till = await signedIn();
  useCustomers.setState({ text: "", found: null, opened: null });
});

const foundNames = () => useCustomers.getState().found?.customers.map(({ name }) => name);

describe("finding the customer in front", () => {
  it("goes on with each letter, and nothing typed is no search", async () => {
    await findCustomers("an");
    expect(foundNames()).toEqual(["Anna Weiß"]);
    await findCustomers(" ");
    expect(useCustomers.getState().found).toBeNull();
    await findCustomers("040 66969");
    expect(foundNames()).toEqual(["Ben Grünwald"]);
  });

  it("lets a late answer to an older question go", async () => {
    await Promise.all([findCustomers("ben"), findCustomers("weiss")]);
    expect(foundNames()).toEqual(["Anna Weiß"]);
  });

  it("takes letters typed anywhere on, and Enter takes whom they mean", async () => {
    typeAheadCustomers("gr");
    typeAheadCustomers("un");
    expect(useCustomers.getState().text).toBe("grun");
    await attachFirst();
    expect(shownBasket().customer).toEqual({ id: BEN.id, name: BEN.name });
    expect(useOverlay.getState().overlay.kind).toBe("none");
  });

  it("by nobody's name changes nothing on the basket: Enter begins to register whoever it is", async () => {
    await findCustomers("zzz");
    await attachFirst();
    expect(shownBasket().customer).toBeNull();
    expect(useOverlay.getState().overlay).toEqual({ kind: "customerForm", known: null, searched: "zzz" });
  });
});

describe("the customer on the basket", () => {
  it("comes and goes; F3 then shows whoever is there, else the search", async () => {
    await openCustomer();
    expect(useOverlay.getState().overlay).toEqual({ kind: "findCustomer" });
    await attachCustomer(ANNA.id);
    await openCustomer();
    expect(useOverlay.getState().overlay).toEqual({ kind: "customer", customer: ANNA.id });
    await detachCustomer();
    expect(shownBasket().customer).toBeNull();
    expect(useNotice.getState().notice?.kind).toBe("done");
  });

  it("comes by a scan of the card, and the sale before makes way for theirs", async () => {
    await ring(item("MUG"));
    useRegister.setState({ done: null });
    await scan("otc:FH40000137");
    expect(shownBasket().customer?.name).toBe("Anna Weiß");
    expect(shownBasket().lines).toHaveLength(1);
    expect(useNotice.getState().notice).toMatchObject({ kind: "done", text: "Anna Weiß is on the basket." });
    await scan("FH40009999");
    expect(useNotice.getState().notice?.kind).toBe("refusal");
  });

  it("stays once payment has begun, and the till says why", async () => {
    await ring(item("MUG"));
    await attachCustomer(ANNA.id);
    await ask("takeCash", { tendered: euros(100) });
    await detachCustomer();
    expect(shownBasket().customer?.id).toBe(ANNA.id);
    expect(useNotice.getState().notice?.kind).toBe("refusal");
  });
});

describe("a customer's history on screen", () => {
  it("is at once what the till knows, and then all of it", async () => {
    const loading = loadCustomer(ANNA.id);
    const seen: string[] = [];
    const stop = useCustomers.subscribe(({ opened }) => {
      if (opened !== null) seen.push(`${opened.reach} ${opened.history.entries.length}`);
    });
    await loading;
    stop();
    expect(seen).toEqual(["asking 1", "everywhere 2"]);
    expect(useCustomers.getState().opened?.history.entries.map(({ kind }) => kind)).toEqual([
      "order",
      "purchase",
    ]);
  });

  it("says without a connection that it is only what the till knows", async () => {
    till.showSync({ link: { state: "offline", since: instant(1) } });
    await loadCustomer(ANNA.id);
    expect(useCustomers.getState().opened).toMatchObject({
      reach: "here",
      history: { entries: [{ kind: "purchase" }] },
    });
  });

  it("of a customer who is gone is not shown", async () => {
    await loadCustomer(idOf<"Customer">("nobody"));
    expect(useCustomers.getState().opened).toBeNull();
    expect(useOverlay.getState().overlay.kind).toBe("none");
  });
});
