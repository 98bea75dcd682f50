import type { ShiftId, StaffId } from "../ids.ts";
import type { Money } from "../money/money.ts";
import { ok, type Result, refused } from "../result.ts";
import { type CreditAtCounter, type CreditRefusal, creditRoom } from "./spending.ts";

/** What lay on a gift card was given back in money by a manager's word: nothing is left on it. */
export interface GiftCardPaidOut {
  readonly type: "giftCard.paidOut";
  /** Names the act: it counts once, wherever and however often it is told. */
  readonly id: string;
  readonly code: string;
  /** Above zero. */
  readonly amount: Money;
  readonly manager: StaffId;
  readonly reason: string;
  /** The drawer's shift that the money came out of. Absent: none was open. */
  readonly shift?: ShiftId;
}

/**
 * What is given back for a gift card that nothing was paid with yet: all of it or nothing. Without the server's word no more than the policy lets a till take on
 * its own.
 */
export function payOutOf(card: CreditAtCounter): Result<Money, CreditRefusal | "giftCardUsed"> {
  const room = creditRoom(card);
  if (!room.ok) return room;
  const { balance, most } = room.value;
  if ((card.sums?.spent.minor ?? 0) > 0 || card.inBaskets.minor > 0) return refused("giftCardUsed");
  return most.minor < balance.minor ? refused("creditAboveOfflineLimit") : ok(balance);
}
