/**
 * Which machine's files are read beside what a node's kubelet says. The embedded cluster has some of its own, made when
 * they are asked for, by a process that only the main thread talks with: the worker asks there.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Machine } from '../gather/subject.ts';

/** The machine of a node, '' for any; undefined if there is none. @throws an error whose message is for people */
export type FindMachine = (node: string) => Promise<Machine | undefined>;

/** What can be sent between threads. */
interface Question {
	number: number;
	node: string;
}
interface Answer {
	number: number;
	machine: { root: string; environment: NodeJS.ProcessEnv } | null;
	/** Why there is none, '' if nothing went wrong. */
	failure: string;
}

/** Answers what the other end of the line asks. */
export function answerMachines(port: MessagePort, findMachine: FindMachine): void {
	const answer = async ({ node, number }: Question): Promise<Answer> => {
		try {
			const found = await findMachine(node);
			const machine = found === undefined ? null : { root: found.root, environment: { ...found.environment } };
			return { number, machine, failure: '' };
		} catch (error) {
			return { number, machine: null, failure: error instanceof Error ? error.message : String(error) };
		}
	};
	port.on('message', (question: Question) => void answer(question).then((sent) => port.postMessage(sent)));
	// It is no reason to stay.
	port.unref();
}

/** Asks the other end of the line. The files are brought up to date by asking again. */
export function askMachines(port: MessagePort): FindMachine {
	const waiting = new Map<number, (answer: Answer) => void>();
	let asked = 0;
	port.on('message', (answer: Answer) => {
		waiting.get(answer.number)?.(answer);
		waiting.delete(answer.number);
	});
	port.unref();
	const ask = async (node: string): Promise<Answer['machine']> => {
		const number = asked++;
		const { failure, machine } = await new Promise<Answer>((resolve) => {
			waiting.set(number, resolve);
			port.postMessage({ number, node });
		});
		if (failure !== '') {
			throw new Error(failure);
		}
		return machine;
	};
	return async (node) => {
		const machine = await ask(node);
		return machine === null ? undefined : { ...machine, refresh: async () => void (await ask(node)) };
	};
}
