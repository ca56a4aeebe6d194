import type { Thunk } from '../thunk';
import type { Unknown } from '../value';
import type { ModuleInput } from './collect';
import { conditionalModule, writtenModule } from './conditional-module';
import type { Definition } from './definition';

/** Definitions as the modules of a nested evaluation; a definition stays the same module. */
export class DefinitionModules {
  private readonly certain = new WeakMap<Thunk, Thunk>();
  private readonly doubtful = new WeakMap<Thunk, { readonly maybe: Unknown; readonly module: Thunk }>();

  /**
   * @param onlyConfig whether a set is configuration, whatever its attributes are called
   * @param asModule what a definition is as a module
   */
  constructor(
    private readonly loc: readonly string[],
    private readonly onlyConfig: boolean,
    private readonly asModule: (value: Thunk) => Thunk = (value) => value,
  ) {}

  of(definitions: readonly Definition[]): ModuleInput[] {
    return definitions.map(({ value, file, maybe }, index) => ({
      value: maybe === null ? this.certainly(value) : this.perhaps(value, maybe),
      file,
      key: `${this.loc.join('.')}#${index}`,
    }));
  }

  private certainly(value: Thunk): Thunk {
    const written = writtenModule(value);
    if (written !== value) return this.asModule(written);
    let module = this.certain.get(value);
    if (module === undefined) this.certain.set(value, (module = this.asModule(value)));
    return module;
  }

  private perhaps(value: Thunk, maybe: Unknown): Thunk {
    let known = this.doubtful.get(value);
    if (known?.maybe !== maybe) {
      known = { maybe, module: conditionalModule(value, maybe, this.onlyConfig) };
      this.doubtful.set(value, known);
    }
    return known.module;
  }
}
