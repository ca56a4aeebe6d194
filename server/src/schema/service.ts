/** An option that says where a service listens, and what holds while it is not set. */
export interface ListenSetting<T> {
  /**
   * The option's path; null where there is none. `<…>` stands for the name of an instance or of a site. It may lie in
   * settings that have no declaration of their own.
   */
  readonly option: string | null;
  /** What the service uses by itself; null where that is not known, is computed, or is every interface. */
  readonly default: T | null;
  /**
   * How the option writes it where it is not simply the port or the address: `text`, a port as a text of digits, or
   * `endpoint`, port and address in one text such as `127.0.0.1:8384`, `:9000` or `tcp://:9091/`, or
   * `sockets`, a list of sets with `addr` and `port`, as nginx' sites have it.
   */
  readonly form?: 'text' | 'endpoint' | 'sockets';
}

/** A port beside the one that the service is reached at. */
export interface ExtraPort {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** The option that changes it; null where there is none. */
  readonly option: string | null;
  readonly purpose: string;
}

/** An option that has another name now, or is gone. */
export interface RenamedOption {
  readonly from: string;
  /** What takes its place; null where nothing does. */
  readonly to: string | null;
}

/** What is known of one service of NixOS: a row of the table of services. */
export interface ServiceDoc {
  /** The name under `services`. */
  readonly name: string;
  /** The name as people write it. */
  readonly title: string;
  /** The option that turns it on. */
  readonly enable: string;
  /** The TCP port that a proxy reaches. */
  readonly port: ListenSetting<number>;
  /** The address or host name it binds to. An option that is no address decides it otherwise; see `notes`. */
  readonly address: ListenSetting<string>;
  /** Whether it can be reached from its own machine only until the address is set; null where that is not known. */
  readonly loopbackByDefault: boolean | null;
  /** The option that opens `port` in the firewall; null where there is none that opens that port. */
  readonly openFirewall: string | null;
  /** Where it keeps its state by default; null where that is not known, or where others keep it. */
  readonly stateDir: string | null;
  /** The option that moves it. */
  readonly stateOption: string | null;
  /** The option whose value `stateOption` has until it is set. */
  readonly stateHome?: string;
  /** What it speaks on `port`. */
  readonly scheme: 'http' | 'https' | 'tcp';
  readonly extraPorts?: readonly ExtraPort[];
  readonly renamedOptions?: readonly RenamedOption[];
  /** What else one has to know: complete sentences, Markdown. */
  readonly notes?: string;
  /** Where this was read. */
  readonly source: string;
}
