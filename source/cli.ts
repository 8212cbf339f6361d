/** The command line: which command, with what; what it says when that makes no sense, or when whytop itself fails. */
import { readFileSync } from 'node:fs';
import { parseArguments } from './commands/arguments.ts';
import { straying } from './commands/belonging-flags.ts';
import { type Command, type CommandContext, UsageError } from './commands/command.ts';
import { connectionFlags } from './commands/connection.ts';
import type { HeadStart } from './commands/head-start.ts';
import { help } from './commands/help.ts';
import { commands } from './commands/registry.ts';
import { withoutSecrets, writeCrashReport } from './crash-report.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { crashed } from './messages/en/screen.ts';
import { programName } from './program-name.ts';

const program = programName(process.argv[1]);

/** Writes to a stream. The process ends by itself, so that a pipe gets all of it. */
function writer(stream: NodeJS.WriteStream, headStart: HeadStart | null): (text: string) => void {
	return (text) => {
		headStart?.line.close();
		stream.write(text);
	};
}

function version(): string {
	const file = new URL('../package.json', import.meta.url);
	const { version: its }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
	return its;
}

async function run(argv: readonly string[], headStart: HeadStart | null): Promise<ExitCode> {
	const { errors, flags, words } = parseArguments(argv);
	const [first, ...rest] = words;
	const named = commands.find(({ name }) => name === first);
	const command: Command | undefined = first === undefined ? commands[0] : named;
	if (flags.switches['version'] === true) {
		process.stdout.write(`whytop ${version()}\n`);
		return exitCodes.ok;
	}
	if (flags.switches['help'] === true || first === 'help') {
		process.stdout.write(help(program, first === 'help' ? commands.find(({ name }) => name === rest[0]) : named));
		return exitCodes.ok;
	}
	if (command === undefined) {
		throw new UsageError(`there is no command "${first}"; there are ${commands.map(({ name }) => name).join(', ')}`);
	}
	const wrong = [...errors, ...straying(command, flags)];
	if (wrong.length > 0) {
		throw new UsageError(wrong.join('\n'));
	}
	const context: CommandContext = {
		program,
		words: named === undefined ? words : rest,
		...flags,
		connection: connectionFlags(flags),
		environment: process.env,
		out: writer(process.stdout, headStart),
		error: writer(process.stderr, headStart),
		headStart,
	};
	return (await command.load())(context);
}

/** Runs what the arguments of the process say, and sets its exit code. @param headStart null if there is none */
export async function main(headStart: HeadStart | null): Promise<void> {
	// `whytop top pods | head` closes our output: not an error, and nothing to say.
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'EPIPE') {
			process.exit(exitCodes.ok);
		}
		throw error;
	});
	const say = writer(process.stderr, headStart);
	try {
		process.exitCode = await run(process.argv.slice(2), headStart);
	} catch (error) {
		if (error instanceof UsageError) {
			say(`error: ${error.message}\nSee '${program} --help'.\n`);
			process.exitCode = exitCodes.couldNotRun;
		} else {
			const message = withoutSecrets(error instanceof Error ? error.message : String(error));
			say(crashed(message, writeCrashReport(error)));
			process.exitCode = exitCodes.crashed;
		}
	}
}
