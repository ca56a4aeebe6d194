import { startIpcServer, startStdioServer } from './stdio';

void (process.argv.includes('--node-ipc') ? startIpcServer() : startStdioServer());
