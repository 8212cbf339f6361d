/** All that the screen needs, in one module, so that it becomes one bundle that only the monitor loads. */
import { compileWithoutMaglev } from '../engine/compilers.ts';
import { collectAlone, letHelpersGiveWay, steps } from '../engine/helper-threads.ts';
import { keepRoom } from '../engine/young-objects.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { HostPort } from '../monitor/messages.ts';
import { panes } from '../ui/panes.ts';
import { runScreen } from '../ui/run.ts';
import { capabilities } from '../ui/terminal/capabilities.ts';
import { makeTheme } from '../ui/theme.ts';

/** MB: a key makes half a one, and few of its objects live. */
const roomForYoungObjects = 4;

/** Shows the host's data until the screen is left. @returns The exit code. */
export async function showScreen(
	host: HostPort,
	environment: NodeJS.ProcessEnv,
	options: { plain: boolean; stats: boolean; alternate: boolean },
): Promise<ExitCode> {
	collectAlone();
	keepRoom(roomForYoungObjects);
	const { colour, glyphs } = capabilities(environment, process.stdout.isTTY === true);
	const theme = makeTheme({ colour, glyphs });
	const onStarted = () => {
		letHelpersGiveWay(steps.later);
		compileWithoutMaglev();
	};
	return runScreen({ host, panes, theme, onStarted, ...options });
}
