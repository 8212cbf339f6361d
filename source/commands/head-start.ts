import type { Worker } from 'node:worker_threads';
import type { FirstLine } from '../ui/terminal/first-line.ts';

/** What is under way already when the command line is loaded, because the arguments could only mean the monitor. */
export interface HeadStart {
	/** On the terminal: whoever writes anything else gives it back first. */
	line: FirstLine;
	/** The data host's, waiting to be told what it is for. It keeps nobody from ending. */
	thread: Worker;
}
