/** Lines of /proc/PID/mountinfo that mount a cgroup hierarchy (proc_pid_mountinfo(5)). */

export interface CgroupMount {
	/** Root of the mount within the hierarchy. */
	base: string;
	mountPoint: string;
	version: 'v1' | 'v2';
	/** Of v1: `memory`, `cpu` …, `name=systemd`. Those of v2 are in its cgroup.controllers. */
	controllers: readonly string[];
}

/** Options of a v1 mount that are neither a controller nor a name. */
const otherOptions = new Set(['rw', 'ro', 'xattr', 'none', 'all', 'noprefix', 'clone_children', 'cpuset_v2_mode']);

/** Spaces and the like are written as octal numbers. */
function decodeOctal(field: string): string {
	return field.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** The cgroup mounts in their order; lines that are cut off or of other file systems are left out. */
export function parseMountinfo(text: string): readonly CgroupMount[] {
	const mounts: CgroupMount[] = [];
	for (const line of text.split('\n')) {
		const [before = '', after = ''] = line.split(' - ', 2);
		const [, , , base, mountPoint] = before.split(' ');
		const [type, , options] = after.split(' ');
		if (base === undefined || mountPoint === undefined || options === undefined) {
			continue;
		}
		const place = { base: decodeOctal(base), mountPoint: decodeOctal(mountPoint) };
		if (type === 'cgroup2') {
			mounts.push({ ...place, version: 'v2', controllers: [] });
		} else if (type === 'cgroup') {
			const controllers = options
				.split(',')
				.filter((option) => !otherOptions.has(option) && !option.startsWith('release_agent='));
			mounts.push({ ...place, version: 'v1', controllers });
		}
	}
	return mounts;
}
