/** People at the till: signing in, who may what, at work since when. */
export const STAFF_ENGLISH = {
  "lock.refused.unknownBadge": "This badge belongs to nobody here. Choose your name and type your PIN.",
} as const;
