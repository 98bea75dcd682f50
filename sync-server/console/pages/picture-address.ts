/** Where a picture of products or cases is; the session of whoever looks opens it. */
export function pictureAddress(hash: string): string {
  return `/hq/v1/pictures/${encodeURIComponent(hash)}`;
}
