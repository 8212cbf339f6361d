/** Where the numbers come from: each source with its state, the age of its newest sample and its window. Pure. */
import { sourceStates } from '../../../messages/en/panes.ts';
import { shortDuration } from '../../../model/display.ts';
import type { SourceStatus } from '../../../monitor/messages.ts';
import { type Span, span } from '../../text/line.ts';
import type { Item } from '../../text/shorten.ts';
import type { Theme, Tone } from '../../theme.ts';

const sourceTones: Readonly<Record<SourceStatus['state'], Tone>> = {
	starting: 'dim',
	live: 'good',
	stale: 'warning',
	failing: 'error',
	absent: 'error',
	forbidden: 'warning',
};

/** `metrics.k8s.io/v1beta1 ✓ 12s/w15s`: name, state, age of the newest sample and its window. */
export function sourceItem(source: SourceStatus, now: number, index: number, theme: Theme): Item {
	const { glyphs } = theme;
	const glyph = {
		starting: glyphs.ellipsis,
		live: glyphs.good,
		stale: glyphs.warning,
		failing: glyphs.error,
		absent: glyphs.unset,
		forbidden: glyphs.warning,
	}[source.state];
	const [group = '', version = ''] = source.name.split('/');
	const short = group.split('.')[0] ?? group;
	const age = Number.isFinite(now - source.at) ? shortDuration(now - source.at) : '';
	const window = Number.isFinite(source.window) ? `/w${shortDuration(source.window)}` : '';
	// A watch is live whatever the age of its last event; a sample is as good as its age.
	const when = window !== '' || source.state === 'stale' || source.state === 'failing' ? `${age}${window}` : '';
	const mark = [span(` ${glyph}`, sourceTones[source.state])];
	const word =
		sourceStates[source.state] === '' ? [] : [span(` ${sourceStates[source.state]}`, sourceTones[source.state])];
	const time = when === '' ? [] : [span(` ${when}`, source.state === 'live' ? 'plain' : 'dim')];
	const names = Array.from(new Set([source.name, version === '' ? short : `${short} ${version}`, short]));
	const error = source.error === '' ? [] : [span(` ${source.error}`, 'dim')];
	const tail = [...mark, ...word, ...time];
	const forms: Span[][] = names.map((name) => [span(name), ...tail]);
	const steps = names.slice(1).map((_, step) => 20 + 10 * step + index);
	if (error.length > 0) {
		forms.unshift([span(source.name), ...tail, ...error]);
		steps.unshift(5);
	}

	forms.push([span(names.at(-1) ?? ''), ...mark], []);
	steps.push(44 - index, source.state === 'live' ? 46 - index : 52 - index);
	return { forms, steps };
}
