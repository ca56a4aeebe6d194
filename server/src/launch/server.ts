import { loadProgram } from './load-program';

void loadProgram().languageServer();
