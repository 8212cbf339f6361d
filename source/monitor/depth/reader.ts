/**
 * How a subject is read in depth, whatever it is a part of: a cluster, or this machine. What is far is asked calmly;
 * what runs on this machine is read closely.
 */
import type { LedgerKind } from '../../model/ledger.ts';
import type { Reading, Versions } from '../../model/reading.ts';
import type { Subject as NamedSubject } from '../../model/subject.ts';
import type { Subject } from '../messages.ts';

export interface Target {
	subject: NamedSubject;
	kind: LedgerKind;
}

export interface FarPart {
	readings: readonly Reading[];
	versions: Versions;
	/** What could not be read, and why: a sentence each. */
	problems: readonly string[];
	/** What it is found by on a machine: a pod's uid, a container's id, a node's boot id. '' if by nothing. */
	key: string;
	/** The node that it is or runs on, '' if there is none. */
	node: string;
}

export interface NearPart {
	readings: readonly Reading[];
	/** The same a moment before, of a source that gives both at once. */
	previous: readonly Reading[];
	/** Those that this machine knows better. */
	versions: Partial<Versions>;
	problems: readonly string[];
}

/** Reads it again; null if it is no longer here. */
export type NearReader = (signal: AbortSignal) => Promise<NearPart | null>;

export interface DepthReader {
	/** What the subject is called; null once it is gone. */
	target(subject: Subject): Target | null;
	/** @throws Gone, or an error whose message is for people; the signal's reason */
	readFar(target: Target, signal: AbortSignal): Promise<FarPart>;
	/** How to read it on this machine; undefined if it does not run here. Never rejects. */
	findNear(target: Target, far: FarPart): Promise<NearReader | undefined>;
	/**
	 * Reads a container, or those of a pod, from the inside, by a program started there: only when the user asks for it.
	 * Missing where nothing has an inside.
	 *
	 * @throws the signal's reason
	 */
	readInside?(target: Target, signal: AbortSignal): Promise<NearPart>;
	/** The clock that ages are counted by, ms. */
	now(): number;
}

/** There is no such thing any more. */
export class Gone extends Error {}
