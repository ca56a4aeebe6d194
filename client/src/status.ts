import * as vscode from 'vscode';
import type { ServerStatus } from '../../server/src/lsp/protocol';
import { RESTART_SERVER } from './commands/restart-server';
import { SHOW_OUTPUT } from './commands/show-output';
import { EXTENSION_NAME } from './names';
import { nixFiles } from './nix-files';

const RESTART: vscode.Command = { command: RESTART_SERVER, title: 'Restart Server' };
/** The command beside it must stay in sight. */
const MAX_DETAIL = 60;

const OUTPUT: vscode.Command = { command: SHOW_OUTPUT, title: 'Show Output' };

/** The language status item: what was found, that the server works on it, or that it does not run. */
export class Status implements vscode.Disposable {
  private readonly item: vscode.LanguageStatusItem;

  constructor() {
    this.item = vscode.languages.createLanguageStatusItem('nixosContainers.status', nixFiles());
    this.item.name = EXTENSION_NAME;
    this.show({ state: 'busy' });
  }

  /** Shows what the server says of itself. */
  show(status: ServerStatus): void {
    this.item.busy = status.state === 'busy';
    this.item.severity =
      status.state === 'failed'
        ? vscode.LanguageStatusSeverity.Error
        : vscode.LanguageStatusSeverity.Information;
    this.item.command = status.state === 'failed' ? RESTART : OUTPUT;
    this.item.text = textOf(status);
    this.item.detail = detailOf(status);
  }

  dispose(): void {
    this.item.dispose();
  }
}

function textOf(status: ServerStatus): string {
  switch (status.state) {
    case 'busy':
      return EXTENSION_NAME;
    case 'failed':
      return 'Not working';
    case 'ready':
      return `${count(status.containers, 'container')} on ${count(status.hosts, 'host')}`;
  }
}

function detailOf(status: ServerStatus): string {
  if (status.state === 'failed') return (status.message.split('\n', 1)[0] ?? '').slice(0, MAX_DETAIL);
  if (status.state === 'busy') return 'reading the workspace';
  return status.disabledContainers === 0 ? EXTENSION_NAME : `${status.disabledContainers} more disabled`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
