import type { Connection } from 'vscode-languageserver';
import type { Homelab } from '../homelab/homelab';
import type { ServerNotifications, ServerStatus } from './protocol';

const METHOD: keyof ServerNotifications = 'nixosContainers/status';

/** Tells a client that shows it what the server is doing; says nothing twice. */
export class StatusReporter {
  private last = '';
  private wanted = false;

  constructor(private readonly connection: Connection) {}

  enable(): void {
    this.wanted = true;
  }

  report(status: ServerStatus): void {
    const text = JSON.stringify(status);
    if (!this.wanted || text === this.last) return;
    this.last = text;
    void this.connection.sendNotification(METHOD, status);
  }
}

/** What was found, in numbers. */
export function readyStatus({ hosts, projects }: Homelab): ServerStatus {
  const containers = hosts.flatMap((host) => host.containers);
  const disabledContainers = containers.filter(({ status }) => status === 'disabled').length;
  return {
    state: 'ready',
    hosts: projects.reduce((sum, project) => sum + project.hosts.length, 0),
    containers: containers.length - disabledContainers,
    disabledContainers,
  };
}
