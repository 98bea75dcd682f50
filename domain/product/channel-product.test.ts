import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { type ChannelTexts, NO_DETAILS } from "./catalogue-product.ts";
import { onChannel } from "./channel-product.ts";
import type { Product, ProductStatus } from "./product.ts";

const WEB = idOf<"Channel">("web");

function sold(status: ProductStatus, own?: Partial<ChannelTexts>) {
  const product: Product = {
    id: idOf<"Product">("lamp"),
    handle: "lamp",
    title: "Lamp",
    brand: "",
    category: "",
    tags: [],
    taxClass: idOf<"TaxClass">("standard"),
    status,
    optionNames: [],
    variants: [],
    image: null,
  };
  const channels =
    own === undefined ? {} : { [WEB]: { status: null, title: null, description: null, ...own } };
  return onChannel({ product, details: { ...NO_DETAILS, description: "Bright", channels } }, WEB);
}

test("a channel that says nothing sells a product as it is", () => {
  expect(sold("active")).toEqual({ isSold: true, title: "Lamp", description: "Bright" });
  expect(sold("draft").isSold).toBe(false);
});

test("a channel's own status decides, either way", () => {
  expect(sold("active", { status: "archived" }).isSold).toBe(false);
  expect(sold("draft", { status: "active" }).isSold).toBe(true);
});

test("a channel's own texts are shown where it has some; blanks are none", () => {
  expect(sold("active", { title: "Web lamp" })).toMatchObject({ title: "Web lamp", description: "Bright" });
  expect(sold("active", { title: "", description: "  " })).toMatchObject({
    title: "Lamp",
    description: "Bright",
  });
});
