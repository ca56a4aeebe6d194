/**
 * Makes many wishes one run: it comes after the messages that have arrived, so a burst of changes is analysed once, in its
 * latest state. A wish during a run leads to one more run.
 */
export class Coalesced {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly run: () => void) {}

  request(): void {
    if (this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.run();
    }, 0);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
