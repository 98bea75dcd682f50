import { beforeEach, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { FakeReplica } from "../testing/fake-replica.ts";
import { euros, price, SETTINGS } from "../testing/shop-fixture.ts";
import { pricesOf } from "./prices-of.ts";

const MUG = idOf<"Variant">("mug");
const MUG_LARGE = idOf<"Variant">("mug-large");
const CLUB = idOf<"PriceList">("club");
const WHOLESALE = idOf<"PriceList">("wholesale");

let replica: FakeReplica;

beforeEach(() => {
  replica = new FakeReplica();
});

const amounts = async () => (await pricesOf(replica, MUG)).map(({ amount }) => amount);

test("are those of the variant alone, on the store's lists and its groups', dated ones as well", async () => {
  const group = { id: idOf<"CustomerGroup">("club"), name: "Club", priceLists: [CLUB] };
  replica.put("settings", { ...SETTINGS, customerGroups: [group] });
  replica.put(
    "prices",
    price(MUG, 500),
    price(MUG, 450, { validFrom: instant(1_000) }),
    price(MUG, 400, { list: CLUB }),
    price(MUG, 300, { list: WHOLESALE }),
    price(MUG_LARGE, 900),
  );
  expect(await amounts()).toEqual([euros(400), euros(500), euros(450)]);
});

test("are none before it is known which lists the store has", async () => {
  replica.put("prices", price(MUG, 500));
  expect(await amounts()).toEqual([]);
});

test("are all that is read: what another article's id begins with is not looked through", async () => {
  const read: string[] = [];
  const beginning = replica.beginning.bind(replica);
  replica.beginning = async (collection, text) => {
    const found = await beginning(collection, text);
    read.push(...found.map(({ id }) => id));
    return found;
  };
  replica.put("settings", SETTINGS);
  replica.put(
    "prices",
    price(MUG, 500),
    price(MUG, 450, { validFrom: instant(1_000) }),
    price(MUG_LARGE, 900),
    price(MUG_LARGE, 800, { validFrom: instant(1_000) }),
  );
  expect(await amounts()).toEqual([euros(500), euros(450)]);
  expect(read.filter((id) => id.includes(MUG_LARGE))).toEqual([]);
});
