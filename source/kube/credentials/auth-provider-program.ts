import * as text from '../../messages/en/kube.ts';
import { errorCode } from '../errors.ts';
import { presentable } from '../redact.ts';
import { runProcess } from './exec-process.ts';

type Config = Readonly<Record<string, string>>;

/** ms */
const timeLimit = 30_000;

/** What the program gave: the fields of the auth-provider's entry that hold a token. */
export interface IssuedToken {
	'access-token': string;
	/** '' if it does not say. */
	expiry: string;
	/** Of the token before. */
	'expires-on': '';
}

/** Whether the entry names a program and has no token that is still good (client-go's `cmdTokenSource`). */
export function needsProgram(config: Config, now = Date.now()): boolean {
	const { expiry = '', 'access-token': token = '', 'cmd-path': command = '', 'expires-on': expiresOn = '' } = config;
	const until = expiry !== '' ? Date.parse(expiry) : expiresOn !== '' ? Number(expiresOn) * 1000 : Number.NaN;
	return command.trim() !== '' && (token === '' || until < now);
}

/**
 * Runs the program that an auth-provider names for its token (`cmd-path`, `cmd-args`), as a credential plugin is run:
 * it is not let near the terminal, and does not hold up anything else. client-node would run it with both.
 *
 * @throws Error with a sentence for people
 */
export async function runProgram(
	config: Config,
	environment: NodeJS.ProcessEnv,
	signal: AbortSignal,
): Promise<IssuedToken> {
	const words = (list: string | undefined): string[] => (list ?? '').split(/\s+/).filter((word) => word !== '');
	const path = config['cmd-path'] ?? '';
	// Without arguments of their own, they may stand in the path.
	const [command = '', ...args] =
		config['cmd-args'] === undefined ? words(path) : [path.trim(), ...words(config['cmd-args'])];
	signal.throwIfAborted();
	const program = runProcess({ command, args, env: environment, timeLimit });
	signal.addEventListener('abort', program.kill, { once: true });
	try {
		const { code, stderr, stdout, timedOut } = await program.outcome.catch((error: unknown) => {
			throw new Error(text.authProgramNotStarted(command, errorCode(error)));
		});
		const said = presentable(stderr.slice(-8192), 2000);
		if (timedOut || code !== 0) {
			throw new Error(text.authProgramFailed(command, timedOut ? null : code, said));
		}
		const answer = parse(stdout);
		const token = fieldOf(answer, config['token-key'] ?? '{.access_token}');
		if (token === '') {
			throw new Error(text.authProgramGaveNothing(command, said));
		}
		const expiry = fieldOf(answer, config['expiry-key'] ?? '{.token_expiry}');
		return { 'access-token': token, expiry, 'expires-on': '' };
	} finally {
		signal.removeEventListener('abort', program.kill);
	}
}

function parse(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return null;
	}
}

/** The text at a path such as `{.credential.access_token}`, '' if there is none. */
function fieldOf(answer: unknown, path: string): string {
	const names = path.replace(/^\{|\}$/g, '').split('.');
	const value = names
		.filter((name) => name !== '')
		.reduce<unknown>(
			(inner, name) =>
				typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
			answer,
		);
	return typeof value === 'string' ? value : '';
}
