import path from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { artefacts } from '../../../scripts/setup/run.mjs';

const READY = '.monaco-workbench .explorer-folders-view .monaco-list-row';
const QUICK_INPUT = '.quick-input-widget';
const QUICK_FIX = '.action-widget .monaco-list-row.action';

/** VS Code's window as a person sees it. Every method waits for what it caused. */
export class Workbench {
  /** Errors the page itself threw. */
  readonly errors: string[] = [];

  private constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.setDefaultTimeout(30_000);
  }

  /** Opens the workbench and waits until the Explorer lists the folder. */
  static async open(browser: Browser, url: string, window: BrowserContextOptions = {}): Promise<Workbench> {
    const workbench = new Workbench(
      await browser.newPage({ viewport: { width: 1280, height: 800 }, ...window }),
    );
    await workbench.page.goto(url);
    await workbench.page.locator(READY).first().waitFor({ timeout: 60_000 });
    return workbench;
  }

  /** Opens a file of the folder by its name. */
  async openFile(file: string): Promise<void> {
    await this.page.keyboard.press('Control+p');
    await this.quickInput().fill(file);
    const name = path.posix.basename(file);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.editorIsFocused();
  }

  /** Puts the cursor at a place of the open file; line and column from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.page.keyboard.press('Control+g');
    await this.quickInput().fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.editorIsFocused();
  }

  /** Scrolls to the beginning of the open file, which is known by its first line; the cursor stays. */
  async scrollToTop(firstLine: string): Promise<void> {
    await this.page.keyboard.press('Alt+PageUp');
    await this.line(firstLine).waitFor();
  }

  /** Types over the next characters of the open file. */
  async typeOver(length: number, text: string): Promise<void> {
    for (let count = 0; count < length; count++) await this.page.keyboard.press('Shift+ArrowRight');
    await this.page.keyboard.type(text);
  }

  /** The underlined places of the open file. */
  squiggles(kind: 'error' | 'warning' | 'info' | 'hint'): Locator {
    return this.page.locator(`.monaco-editor .squiggly-${kind}`);
  }

  /** A line of the open file, found by what it says. */
  line(text: string): Locator {
    return this.page.locator('.editor-instance .view-line', { hasText: text });
  }

  /** Opens the Problems panel. */
  async openProblems(): Promise<void> {
    if (!(await this.page.locator('.markers-panel').isVisible()))
      await this.page.keyboard.press('Control+Shift+M');
    await this.page.locator('.markers-panel').waitFor();
  }

  /** Rows of the Problems panel, files and related places included. */
  problems(text?: string | RegExp): Locator {
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    return text === undefined ? rows : rows.filter({ hasText: text });
  }

  /** Runs a command of the palette, by its whole title. */
  async command(title: string): Promise<void> {
    await this.startCommand(title);
    await this.page.locator(QUICK_INPUT).waitFor({ state: 'hidden' });
  }

  /** Runs a command of the palette that asks questions. */
  async startCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput().fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** The question that is asked in words, with what is wrong about the answer. */
  question(text: string | RegExp): Locator {
    return this.page.locator(`${QUICK_INPUT}:visible`, { hasText: text });
  }

  /** Types into the open question; what stood there is replaced. */
  async typeAnswer(text: string): Promise<void> {
    await this.quickInput().fill(text);
  }

  /** Answers the open question with what stands there. */
  async accept(): Promise<void> {
    await this.page.keyboard.press('Enter');
  }

  /** Answers the open question by the choice that is suggested. */
  async chooseSuggested(text: string): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Saves every file that is open. */
  async saveAll(): Promise<void> {
    await this.command('File: Save All');
    await this.page.locator('.tab.dirty').first().waitFor({ state: 'detached' });
  }

  /** A notification, found by what it says. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast', { hasText: text });
  }

  /** A button of a notification. */
  notificationButton(text: string): Locator {
    return this.page.locator('.notification-toast .monaco-button', { hasText: text });
  }

  /** The files that are open and not saved. */
  dirtyTabs(): Locator {
    return this.page.locator('.tab.dirty');
  }

  /** A file that is open, by its name; `dirty` only while it is not saved. */
  tab(name: string, state: '' | 'active' | 'dirty' = ''): Locator {
    return this.page.locator(`.tab${state === '' ? '' : `.${state}`}[data-resource-name="${name}"]`);
  }

  /** A button of the question that VS Code asks in the middle of the window. */
  dialogButton(text: string | RegExp): Locator {
    return this.page.locator('.monaco-dialog-box .monaco-button', { hasText: text });
  }

  /** Waits until the server has read the homelab: it shows by the lenses of the open file, which must be a container's. */
  async serverIsReady(): Promise<void> {
    await this.lens('→').first().waitFor();
  }

  /** Opens the hover at the cursor and gives what it shows. */
  async hover(): Promise<Locator> {
    await this.page.keyboard.press('Control+k');
    await this.page.keyboard.press('Control+i');
    return this.page.locator('.monaco-hover:visible');
  }

  /** Takes the hover away. */
  async closeHover(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.locator('.monaco-hover:visible').waitFor({ state: 'detached' });
  }

  /** What the bar below says. */
  statusItem(text: string): Locator {
    return this.page.locator('.statusbar-item:visible', { hasText: text });
  }

  /** Waits until the cursor is at a place of the open file; line and column from 1. */
  async cursorIsAt(line: number, column: number): Promise<void> {
    await this.statusItem(`Ln ${line}, Col ${column}`).waitFor();
  }

  /** A code lens, found by what it says. */
  lens(text: string): Locator {
    return this.page.locator('.editor-instance .codelens-decoration a', { hasText: text });
  }

  /** Opens the suggestions at the cursor and gives their rows. */
  async suggestions(): Promise<Locator> {
    await this.page.keyboard.press('Control+Space');
    return this.page.locator('.suggest-widget.visible .monaco-list-row');
  }

  /** Opens what VS Code knows of the word at the cursor, for the authors of grammars and themes. */
  async inspectScopes(): Promise<Locator> {
    await this.command('Developer: Inspect Editor Tokens and Scopes');
    return this.page.locator('.token-inspect-widget');
  }

  /** How much of a line's text is to be seen, from 0 to 1; the line is found by what it says. */
  async opacityOf(text: string): Promise<number> {
    return this.line(text)
      .first()
      .locator('span > span')
      .first()
      .evaluate((span) => Number(getComputedStyle(span).opacity));
  }

  /** What is underlined as a link, found by what it says. */
  link(text: string): Locator {
    return this.page.locator('.editor-instance .detected-link', { hasText: text });
  }

  /** What is shown of the function whose arguments are being written. */
  signature(text: string): Locator {
    return this.page.locator('.parameter-hints-widget.visible', { hasText: text });
  }

  /** What the Output panel shows. */
  output(): Locator {
    return this.page.locator('.output-view .view-lines');
  }

  /** Gives the keyboard back to the open file. */
  async focusEditor(): Promise<void> {
    await this.page.keyboard.press('Control+1');
    await this.editorIsFocused();
  }

  /** Opens the quick fixes at the cursor. */
  async openQuickFixes(): Promise<void> {
    await this.page.keyboard.press('Control+.');
    await this.page.locator(`${QUICK_FIX}.focused`).waitFor();
  }

  /** Chooses one of the open quick fixes, by the keyboard: the menu keeps the mouse off until it is moved. */
  async chooseQuickFix(title: RegExp): Promise<void> {
    const titles = await this.page.locator(QUICK_FIX).allTextContents();
    const index = titles.findIndex((text) => title.test(text));
    if (index < 0) throw new Error(`no quick fix like ${title.source}, but: ${titles.join(', ')}`);
    const focused = this.page.locator(`${QUICK_FIX}.focused`, { hasText: title });
    for (let step = 0; step < index; step++) await this.page.keyboard.press('ArrowDown');
    await focused.waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator(QUICK_FIX).first().waitFor({ state: 'detached' });
  }

  /** Keeps a picture of the window among the test artefacts. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({
      path: path.join(artefacts, 'screenshots', `${name}.png`),
      animations: 'disabled',
    });
  }

  private quickInput(): Locator {
    return this.page.locator(`${QUICK_INPUT}:visible input.input`);
  }

  /** Without this wait the next key would still go to the closing quick input. */
  private async editorIsFocused(): Promise<void> {
    await this.page.locator(QUICK_INPUT).waitFor({ state: 'hidden' });
    await this.page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
  }
}
