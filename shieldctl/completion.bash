# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Completion of shieldctl for bash.

_shieldctl_rights='read write append exec remove create link attr mount modify all'

# Words of a list with commas: completes the last one.
_shieldctl_list() {
	local current=$1 before=
	shift

	[[ $current != *,* ]] || before=${current%,*},
	mapfile -t COMPREPLY < <(compgen -P "$before" -W "$*" -- "${current##*,}")
}

_shieldctl() {
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local command=${COMP_WORDS[1]} options

	if [ "$COMP_CWORD" = 1 ]; then
		mapfile -t COMPREPLY < <(compgen -W \
			'load boot confirm check status list protect unprotect verify enroll seal sign window doctor enable disable monitor stats explain metrics report learn --help --version' -- "$current")
		return
	fi
	case $command in
	load) options='--confirm --evict --json --help' ;;
	boot) options='--complete --early --help' ;;
	check | status | list) options='--json --help' ;;
	protect) options='--deny --allow --except --recursive --prefix --permanent --help' ;;
	unprotect) options='--permanent --help' ;;
	enroll) options='--key --cert --subject --days --rotate --only --no-import --check --help' ;;
	seal) options='--yes --accept --certificate --help' ;;
	sign) options='--key --cert --version --seal --purpose --output --window --for --program --minutes --serial --help' ;;
	verify) options='--cert --at --json --help' ;;
	doctor) options='--json --kernels --help' ;;
	monitor) options='--path --right --program --verdict --since --after --new --no-follow --json --help' ;;
	stats) options='--json --help' ;;
	explain) options='--as --right --event --help' ;;
	metrics) options='--output --help' ;;
	report) options='--json --html --help' ;;
	learn) options='--merge --help' ;;
	enable) options='--initramfs --help' ;;
	disable | confirm | window) options='--help' ;;
	*) return ;;
	esac
	case $previous in
	--deny | --allow | --right) _shieldctl_list "$current" "$_shieldctl_rights" ;;
	--verdict) mapfile -t COMPREPLY < <(compgen -W 'denied would-deny watched allowed policy seal window holder health' -- "$current") ;;
	open | --for)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		;;
	window) mapfile -t COMPREPLY < <(compgen -W 'open status close --help' -- "$current") ;;
	--since | --after | --event) ;;
	--path | --program | --as | --output | --cert | --key | --certificate)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		;;
	--except | --at | --subject | --days | --confirm | --minutes | --serial) ;;
	--kernels) mapfile -t COMPREPLY < <(cd /lib/modules 2>/dev/null && compgen -d -- "$current") ;;
	*)
		if [[ $current == -* ]]; then
			mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
		elif [[ ' load check sign verify protect unprotect explain learn ' == *" $command "* ]]; then
			compopt -o filenames
			mapfile -t COMPREPLY < <(compgen -f -- "$current")
		fi
		;;
	esac
}

complete -F _shieldctl shieldctl
