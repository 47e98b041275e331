#compdef khabar
# Completion of khabar's commands, options and values for zsh: put it into a folder of fpath as _khabar, or source it
# after compinit.

_khabar_completion() {
    local type value said
    local -a response plain described
    response=("${(@f)$(
        _KHABAR_COMPLETE=zsh_complete COMP_BEFORE="${(F)words[1,CURRENT-1]}" COMP_CURRENT="${words[CURRENT]}" \
            "${(Q)words[1]/#\~\//$HOME/}" 2>/dev/null
    )}")
    [[ $PREFIX == --*=* ]] && compset -P '--*='
    for type value said in "${(@)response}"; do
        case $type in
            dir) _path_files -/ ;;
            file) _path_files -f ;;
            plain)
                if [[ -n $said ]]; then
                    described+=("$value:$said")
                else
                    plain+=("$value")
                fi
                ;;
        esac
    done
    (( $#described )) && _describe -V khabar described -U -i "$IPREFIX"
    (( $#plain )) && compadd -U -i "$IPREFIX" -V khabar -a plain
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _khabar_completion "$@"
else
    compdef _khabar_completion khabar
fi
