import * as fs from 'node:fs';
import type { AgentName } from '../agents/agent';
import { disabledBy } from './claudeHooks';
import { nodeVersion } from './findNode';
import type { HookCommand } from './hookCommand';
import { isFromElsewhere } from './hookSetup';
import { hookFolder } from './installedHook';
import { entriesIn } from './placeChanges';
import { refusal } from './refusal';
import { PLACES, settingsFile, type SettingsPlace } from './settingsPlace';
import type { OwnEntry } from './settingsText';

/** What was found of one agent. */
interface Examined {
  /** The settings, absolute. */
  readonly file: string;
  /** What its entry runs; undefined where it is not set up. */
  readonly command: HookCommand | undefined;
  /** What keeps it from being recorded, a sentence each, with what to do. */
  readonly problems: readonly string[];
}

/** Looks at what is set up in a workspace, and whether it can work. */
export class Examination {
  /** By program; starting one takes its time. */
  private readonly works = new Map<string, Promise<boolean>>();

  /** @param home of the person. */
  constructor(
    private readonly workspace: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly home: string,
  ) {}

  async of(agent: AgentName): Promise<Examined> {
    const place = PLACES[agent];
    const file = settingsFile(place, this.workspace);
    let entries: readonly OwnEntry[];
    try {
      entries = entriesIn(place, file);
    } catch (error) {
      return { file, command: undefined, problems: [refusal(file, error).replace(' is left as it is', '')] };
    }
    const command = entries.at(0)?.command;
    if (command === undefined) return { file, command, problems: [] };
    const problems = [
      missingEntries(place, file, entries),
      this.wrongTrail(file, command),
      agent === 'claude' ? this.turnedOff() : undefined,
      fs.existsSync(command.hook) ? undefined : `The hook ${command.hook} is gone. Run aegis record on.`,
      (await this.canRun(command))
        ? undefined
        : `${command.node} is gone, or is no Node 22.13 or newer. Run aegis record on.`,
      command.policy === undefined || fs.existsSync(command.policy)
        ? undefined
        : `The policy ${command.policy} is gone: every call is asked about or denied. Put it back, or run aegis record on --no-policy.`,
    ];
    return { file, command, problems: problems.filter((each) => each !== undefined) };
  }

  private wrongTrail(file: string, command: HookCommand): string | undefined {
    const { dir } = command;
    if (isFromElsewhere(this.workspace, file, command, hookFolder(this.env)))
      return `${file} records in ${dir}, outside of this folder: it was set up before the folder was moved or copied, or by hand. Run aegis record on to record here.`;
    try {
      if (fs.statSync(dir).isDirectory()) return undefined;
      return `${dir} is a file where the folder of the trail should be: nothing can be recorded. Move it away.`;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // It is made when something is recorded.
      if (code === 'ENOENT') return undefined;
      return `${dir} cannot be the folder of the trail (${code}): nothing can be recorded. See to what is in its place.`;
    }
  }

  private turnedOff(): string | undefined {
    const file = disabledBy(this.workspace, this.env, this.home);
    if (file === undefined) return undefined;
    return `${file} turns all hooks of Claude Code off: nothing of it is recorded. Take "disableAllHooks" out of it.`;
  }

  private canRun({ node, isElectron }: HookCommand): Promise<boolean> {
    let answer = this.works.get(node);
    if (answer === undefined) {
      answer = nodeVersion({ file: node, isElectron }).then((version) => version !== undefined);
      this.works.set(node, answer);
    }
    return answer;
  }
}

function missingEntries(place: SettingsPlace, file: string, entries: readonly OwnEntry[]): string | undefined {
  const missing = place.events.filter((event) => !entries.some((each) => each.event === event));
  return missing.length === 0 ? undefined : `${file} has no entry for ${missing.join(', ')}. Run aegis record on.`;
}
