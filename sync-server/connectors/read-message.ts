import { idOf } from "#domain/ids.ts";
import { shopOrderRequestSchema } from "#protocol/shop/order.ts";
import type { Connector, PlatformDriver, Reading, Unreadable } from "./port.ts";
import type { InboxMessage } from "./records.ts";

const MAX_ISSUES_SAID = 3;

type Kept = Pick<InboxMessage, "delivery" | "topic" | "body">;

/** What a kept message means, in the connector's own channel. What its driver makes of it is checked: a field that tills could not read goes no further. */
export function readMessage(
  driver: PlatformDriver,
  connector: Connector,
  { delivery, topic, body }: Kept,
): Reading | Unreadable {
  try {
    const envelope = { delivery, topic, body: JSON.parse(body) };
    return checked(driver.webhooks.read(envelope, connector), connector);
  } catch (error) {
    return { problem: `The message is in a form that was not expected: ${wordsOf(error)}` };
  }
}

function checked(reading: Reading | Unreadable, connector: Connector): Reading | Unreadable {
  if ("problem" in reading || reading.kind !== "order") return reading;
  const { order } = reading;
  const request = shopOrderRequestSchema.safeParse({ ...order.request, channel: connector.channel });
  if (!request.success) {
    const issues = request.error.issues.slice(0, MAX_ISSUES_SAID);
    const said = issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
    return { problem: `The order is not as an order can be (${said}).` };
  }
  const lines = request.data.lines.map((line, index) => ({
    ...line,
    id: line.id ?? idOf<"Line">(String(index + 1)),
  }));
  return { kind: "order", order: { ...order, request: { ...request.data, lines } } };
}

/** What an error says, for a list. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
