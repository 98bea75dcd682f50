import type { Catalogue } from "../catalogue.ts";
import { ACCESS_FRENCH } from "./access-words.ts";
import { APPROVE_FRENCH } from "./approve-words.ts";
import { CAMERA_FRENCH } from "./camera-words.ts";
import { CASE_FRENCH } from "./case-words.ts";
import { COUNTING_FRENCH } from "./counting-words.ts";
import { COUPON_FRENCH } from "./coupon-words.ts";
import { CREDIT_FRENCH } from "./credit-words.ts";
import { CUSTOMER_FRENCH } from "./customer-words.ts";
import { DELIVERY_FRENCH } from "./delivery-words.ts";
import { DEVICE_FRENCH } from "./device-words.ts";
import { withFirmSpaces } from "./firm-spaces.ts";
import { FISCAL_FRENCH } from "./fiscal-words.ts";
import { GIFT_CARD_FRENCH } from "./gift-card-words.ts";
import { LOYALTY_FRENCH } from "./loyalty-words.ts";
import { MAILING_FRENCH } from "./mailing-words.ts";
import { ORDER_FRENCH } from "./order-words.ts";
import { ORDERING_FRENCH } from "./ordering-words.ts";
import { PRICE_FRENCH } from "./price-words.ts";
import { RETURN_FRENCH } from "./return-words.ts";
import { SALE_FRENCH } from "./sale-words.ts";
import { SCAN_FRENCH } from "./scan-words.ts";
import { SHIFT_FRENCH } from "./shift-words.ts";
import { STAFF_FRENCH } from "./staff-words.ts";
import { TASK_FRENCH } from "./task-words.ts";
import { TERMINAL_FRENCH } from "./terminal-words.ts";
import { TILL_FRENCH } from "./till-words.ts";
import { TRAINING_FRENCH } from "./training-words.ts";
import { UPDATE_FRENCH } from "./update-words.ts";

/** Every word the till shows, in French. */
export const FRENCH: Catalogue = withFirmSpaces({
  ...TILL_FRENCH,
  ...SALE_FRENCH,
  ...ORDER_FRENCH,
  ...ORDERING_FRENCH,
  ...MAILING_FRENCH,
  ...RETURN_FRENCH,
  ...TASK_FRENCH,
  ...COUNTING_FRENCH,
  ...DELIVERY_FRENCH,
  ...COUPON_FRENCH,
  ...CREDIT_FRENCH,
  ...GIFT_CARD_FRENCH,
  ...LOYALTY_FRENCH,
  ...CUSTOMER_FRENCH,
  ...CAMERA_FRENCH,
  ...CASE_FRENCH,
  ...PRICE_FRENCH,
  ...DEVICE_FRENCH,
  ...APPROVE_FRENCH,
  ...SHIFT_FRENCH,
  ...STAFF_FRENCH,
  ...TERMINAL_FRENCH,
  ...UPDATE_FRENCH,
  ...TRAINING_FRENCH,
  ...FISCAL_FRENCH,
  ...ACCESS_FRENCH,
  ...SCAN_FRENCH,
});
