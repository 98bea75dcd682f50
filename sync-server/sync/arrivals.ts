/** Lines that came in since the server was started: whoever reads lets those in that stand at the door. */
export class Arrivals {
  #count = 0;

  get count(): number {
    return this.#count;
  }

  cameIn(): void {
    this.#count += 1;
  }
}
