# Completion of khabar's commands, options and values for fish: put it into ~/.config/fish/completions/khabar.fish

function _khabar_completion
    set -l words (commandline -opc)
    set -lx COMP_BEFORE (string join \n -- $words | string collect)
    set -lx COMP_CURRENT (commandline -ct)
    set -lx _KHABAR_COMPLETE fish_complete
    for line in ($words[1] 2>/dev/null)
        set -l parts (string split -m 1 , -- $line)
        switch $parts[1]
            case dir
                __fish_complete_directories $parts[2]
            case file
                __fish_complete_path $parts[2]
            case plain
                printf '%s\n' $parts[2]
        end
    end
end

complete --command khabar --no-files --arguments '(_khabar_completion)'
