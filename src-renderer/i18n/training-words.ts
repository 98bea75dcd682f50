/** The words of practising, in English. */
export const TRAINING_ENGLISH = {
  "training.banner": "TRAINING – nothing counts",
  "training.end": "End training",
  "training.ended": "Training is over. From here on everything counts.",
  "training.title": "Training",
  "training.hint":
    "Practise on a copy of this store’s articles and prices. Nothing is sent or kept, the drawer stays shut, and paper says TRAINING. The till locks first.",
  "training.start": "Start training",
  "training.allow": "Start training at this till. Nothing that is sold in it counts.",

  "refused.saleOpen": "Finish or park what is in the basket first.",
  "refused.notTraining": "There is no training at this till.",
} as const;
