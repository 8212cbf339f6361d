/** The ways out that nobody asked for: signals, a lost terminal, and faults of our own. */
import { type ExitCode, exitCodes } from '../../exit-codes.ts';

export interface Leave {
	/** Somebody or something ends the program, which by convention then ends with this code. */
	onSignal(code: ExitCode, signal: NodeJS.Signals): void;
	onCrash(error: unknown): void;
}

const signals = [
	['SIGINT', exitCodes.interrupted],
	['SIGTERM', exitCodes.terminated],
	['SIGHUP', exitCodes.hangup],
] as const;

/** Listens for all of them until the returned function is called. */
export function listenForLeave({ onSignal, onCrash }: Leave): () => void {
	const listeners = signals.map(([signal, code]) => [signal, () => onSignal(code, signal)] as const);
	for (const [signal, listener] of listeners) {
		process.on(signal, listener);
	}
	const crashed = (error: unknown) => onCrash(error);
	process.on('uncaughtException', crashed);
	process.on('unhandledRejection', crashed);
	return () => {
		for (const [signal, listener] of listeners) {
			process.off(signal, listener);
		}
		process.off('uncaughtException', crashed);
		process.off('unhandledRejection', crashed);
	};
}
