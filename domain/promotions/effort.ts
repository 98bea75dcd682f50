/** How often a line may still be looked at while the best way is sought: bounded by count and not by time, so that the same basket costs the same everywhere. */
export interface Effort {
  left: number;
}

export function looked(effort: Effort, lines: number): void {
  effort.left -= lines;
}
