import { counter } from '../eval/computed';

/** How long an analysis may keep the event loop for itself, in milliseconds. */
const LENGTH = 25;

/** A stretch of time in which an analysis works; one that finishes nothing that is kept is followed by a longer one. */
export class Slice {
  private length = LENGTH;
  private kept = -1;

  /** Begins a stretch. The result tells whether it is over. */
  start(): () => boolean {
    this.length = counter.kept === this.kept ? this.length * 2 : LENGTH;
    this.kept = counter.kept;
    const end = performance.now() + this.length;
    return () => performance.now() >= end;
  }

  /** The analysis is there. */
  finish(): void {
    this.length = LENGTH;
    this.kept = -1;
  }
}
