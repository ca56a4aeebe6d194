/** How long nothing must change until typing counts as paused. */
export const TYPING_PAUSE = 500;

/** Which files are being typed in: what is merely not there yet is said when typing pauses. */
export class Typing {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly onPause: () => void) {}

  /** A file was changed in the editor. */
  typed(path: string): void {
    clearTimeout(this.timers.get(path));
    const timer = setTimeout(() => {
      this.timers.delete(path);
      this.onPause();
    }, TYPING_PAUSE);
    this.timers.set(path, timer);
  }

  /** A file was saved or closed: that is a pause too. */
  paused(path: string): void {
    clearTimeout(this.timers.get(path));
    this.timers.delete(path);
  }

  /** Whether a file was changed a moment ago. */
  isTyping(path: string): boolean {
    return this.timers.has(path);
  }

  /** The files that were changed a moment ago. */
  get files(): string[] {
    return [...this.timers.keys()];
  }

  /** Whether any file was changed a moment ago. */
  get isActive(): boolean {
    return this.timers.size > 0;
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }
}
