import { closeOverlay } from "../app/overlay.ts";
import { useRegister } from "../app/register.ts";
import { clearNotice, client, useTill, watchTill } from "../app/till.ts";
import { MIRA, PINS } from "./fake-shop.ts";
import { FakeTill } from "./fake-till.ts";

let watching = false;

/** A fresh fake engine behind the app's own client, with Mira at the till and nothing in the basket. */
export async function signedIn(): Promise<FakeTill> {
  const till = new FakeTill();
  client.connect(till.connect());
  if (!watching) watchTill();
  watching = true;
  useRegister.setState({ paying: false, done: null });
  closeOverlay();
  clearNotice();
  await client.call("signIn", { staff: MIRA.id, pin: PINS[MIRA.id] ?? "" });
  return till;
}

/** The basket as the screen has it now. */
export function shownBasket() {
  const { basket } = useTill.getState();
  if (basket === null) throw new Error("no basket is shown");
  return basket;
}
