/** The words of the pages about stock. */
export const STOCK_ENGLISH = {
  "nav.stock": "Stock",
  "stock.tabs": "Pages about stock",
  "stock.tab.stock": "Levels",
} as const;
