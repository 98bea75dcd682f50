let visits = 0;
window.addEventListener("hashchange", () => {
  visits += 1;
});

/** Tells, asked later, whether the visitor still is where they are now: what a late answer brings belongs to the place that asked for it. */
export function thisVisit() {
  const mine = visits;
  return () => mine === visits;
}
