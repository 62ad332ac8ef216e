/* Made by `npm run api` from the openapi.json of admin. */
export interface paths {
    "/api/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every change, the newest first */
        get: operations["list_audit_api_admin_audit_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/engines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Engines by id */
        get: operations["list_engines_api_admin_engines_get"];
        put?: never;
        /** Add an engine */
        post: operations["create_engine_api_admin_engines_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/engines/{engine_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One engine */
        get: operations["read_engine_api_admin_engines__engine_id__get"];
        put?: never;
        post?: never;
        /** Remove an engine */
        delete: operations["delete_engine_api_admin_engines__engine_id__delete"];
        options?: never;
        head?: never;
        /** Change an engine */
        patch: operations["update_engine_api_admin_engines__engine_id__patch"];
        trace?: never;
    };
    "/api/admin/engines/{engine_id}/adapters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Adapters: registered, loaded, their shares and how each does */
        get: operations["list_adapters_api_admin_engines__engine_id__adapters_get"];
        put?: never;
        /** Register an adapter */
        post: operations["register_adapter_api_admin_engines__engine_id__adapters_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/engines/{engine_id}/adapters/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget an adapter that is not loaded */
        delete: operations["remove_adapter_api_admin_engines__engine_id__adapters__name__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/engines/{engine_id}/adapters/{name}/load": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the engine's server load it */
        post: operations["load_adapter_api_admin_engines__engine_id__adapters__name__load_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/engines/{engine_id}/adapters/{name}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send it all calls */
        post: operations["promote_adapter_api_admin_engines__engine_id__adapters__name__promote_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/engines/{engine_id}/adapters/{name}/unload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the engine's server unload it */
        post: operations["unload_adapter_api_admin_engines__engine_id__adapters__name__unload_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/engines/{engine_id}/adapters/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The shares before */
        post: operations["roll_back_adapters_api_admin_engines__engine_id__adapters_rollback_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/engines/{engine_id}/adapters/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** A/B: shares of the calls */
        put: operations["share_adapters_api_admin_engines__engine_id__adapters_shares_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/engines/{engine_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the engine's server what it reports */
        post: operations["probe_engine_api_admin_engines__engine_id__test_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Evaluations, the newest first */
        get: operations["list_evaluations_api_admin_evaluations_get"];
        put?: never;
        /** Start an evaluation */
        post: operations["start_evaluation_api_admin_evaluations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/evaluations/{evaluation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far it is, and the comparison of what is done */
        get: operations["read_evaluation_api_admin_evaluations__evaluation_id__get"];
        put?: never;
        post?: never;
        /** Delete an evaluation that has ended */
        delete: operations["delete_evaluation_api_admin_evaluations__evaluation_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/evaluations/{evaluation_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin nothing more */
        post: operations["cancel_evaluation_api_admin_evaluations__evaluation_id__cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/evaluations/{evaluation_id}/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cases with the score of every variant */
        get: operations["list_cases_api_admin_evaluations__evaluation_id__cases_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/evaluations/{evaluation_id}/cases/{case_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One case, and what every variant made of it */
        get: operations["read_case_api_admin_evaluations__evaluation_id__cases__case_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/evaluations/{evaluation_id}/comparison.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The comparison, a line for each variant */
        get: operations["read_comparison_csv_api_admin_evaluations__evaluation_id__comparison_csv_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/evaluations/{evaluation_id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The report: one HTML page with its plots, nothing fetched */
        get: operations["read_report_api_admin_evaluations__evaluation_id__report_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/evaluations/{evaluation_id}/results.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every generation with its measures */
        get: operations["read_results_csv_api_admin_evaluations__evaluation_id__results_csv_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/evaluations/{evaluation_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on at the first case that is not done */
        post: operations["resume_evaluation_api_admin_evaluations__evaluation_id__resume_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/examples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accepted screens, newest first */
        get: operations["list_examples_api_admin_examples_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/examples/{generation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them: spec, files, what was changed; scrubbed */
        get: operations["read_example_api_admin_examples__generation_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/examples/{generation_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make it an example: prompts carry it within seconds */
        post: operations["approve_example_api_admin_examples__generation_id__approve_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/examples/{generation_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its picture */
        get: operations["read_example_preview_api_admin_examples__generation_id__preview_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/examples/{generation_id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave it out, and say why */
        post: operations["reject_example_api_admin_examples__generation_id__reject_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/examples/{generation_id}/retract": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an example back */
        post: operations["retract_example_api_admin_examples__generation_id__retract_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Experiments, the newest first */
        get: operations["list_experiments_api_admin_experiments_get"];
        put?: never;
        /** Start an A/B test: generations without an engine of their own take part */
        post: operations["start_experiment_api_admin_experiments_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/experiments/{experiment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came of its arms so far, and whether that is chance */
        get: operations["read_experiment_api_admin_experiments__experiment_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/experiments/{experiment_id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End it: everything goes to what is in production */
        post: operations["roll_back_api_admin_experiments__experiment_id__rollback_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/generations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The log, the newest first; developers see their own */
        get: operations["list_generations_api_admin_generations_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/generations/{generation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One generation's whole record */
        get: operations["read_generation_api_admin_generations__generation_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/generations/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The log as a file, written as it is read: JSON lines with whole records, or a table */
        get: operations["export_generations_api_admin_generations_export_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/golden": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The golden cases of a framework */
        get: operations["read_golden_api_admin_golden_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invitations, the newest first */
        get: operations["list_invitations_api_admin_invitations_get"];
        put?: never;
        /** Invite somebody; the code is shown this once */
        post: operations["create_invitation_api_admin_invitations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** The code works no more */
        delete: operations["delete_invitation_api_admin_invitations__invitation_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** API keys: one's own; an admin sees all of them */
        get: operations["list_keys_api_admin_keys_get"];
        put?: never;
        /** Make a key; it is shown this once */
        post: operations["create_key_api_admin_keys_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a key for good */
        delete: operations["revoke_key_api_admin_keys__key_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/knowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Entries that were added to the packs' own, the newest first */
        get: operations["list_entries_api_admin_knowledge_get"];
        put?: never;
        /** Add an entry */
        post: operations["create_entry_api_admin_knowledge_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/knowledge_files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Entries as a zip of Markdown files, to keep or to read in elsewhere */
        get: operations["export_entries_api_admin_knowledge_files_get"];
        put?: never;
        /** Read in Markdown files, a pack's lists (YAML), or zip archives of them; every file is answered for */
        post: operations["import_entries_api_admin_knowledge_files_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/knowledge_index": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many entries are known and indexed, by framework */
        get: operations["read_index_api_admin_knowledge_index_get"];
        put?: never;
        /**
         * Index what changed, or everything: events `progress` …, then `completed` or `failed`
         * @description The run goes on whether or not somebody listens.
         */
        post: operations["run_index_api_admin_knowledge_index_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/knowledge/{entry_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One entry */
        get: operations["read_entry_api_admin_knowledge__entry_id__get"];
        put?: never;
        post?: never;
        /** Remove an entry */
        delete: operations["delete_entry_api_admin_knowledge__entry_id__delete"];
        options?: never;
        head?: never;
        /** Change an entry */
        patch: operations["update_entry_api_admin_knowledge__entry_id__patch"];
        trace?: never;
    };
    "/api/admin/knowledge/{entry_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the entry was at each version */
        get: operations["list_versions_api_admin_knowledge__entry_id__versions_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/knowledge/{entry_id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring an older version back, as the newest */
        post: operations["restore_version_api_admin_knowledge__entry_id__versions__version__restore_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/operations/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Each service and engine, asked now */
        get: operations["read_health_api_admin_operations_health_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/operations/measures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Generations over time: how many, how fast, how they ended */
        get: operations["read_measures_api_admin_operations_measures_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Values of every model, and why they hold */
        get: operations["list_profiles_api_admin_profiles_get"];
        /** Set values of a model; null goes back to the preset */
        put: operations["update_profile_api_admin_profiles_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/profiles/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take over what the figures suggest */
        post: operations["take_over_suggestions_api_admin_profiles_suggestions_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Releases, the newest first */
        get: operations["list_releases_api_admin_releases_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/releases/{kind}/{subject}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What was in production before is there again */
        post: operations["roll_back_api_admin_releases__kind___subject__rollback_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/releases/pack/{framework}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Label a pack's present state as in production */
        put: operations["release_pack_api_admin_releases_pack__framework__put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settings of the mesh */
        get: operations["read_settings_api_admin_settings_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change settings; they hold within seconds, without a restart */
        patch: operations["update_settings_api_admin_settings_patch"];
        trace?: never;
    };
    "/api/admin/signing-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign with a new key from now on */
        post: operations["rotate_signing_key_api_admin_signing_keys_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Templates by id */
        get: operations["list_templates_api_admin_templates_get"];
        put?: never;
        /** Replace a pack's template, or add one */
        post: operations["create_template_api_admin_templates_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/templates/{framework}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One template with its versions */
        get: operations["read_template_api_admin_templates__framework___name__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/templates/{framework}/{name}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed between two versions */
        get: operations["read_diff_api_admin_templates__framework___name__diff_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/templates/{framework}/{name}/labels/{label}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put a label on a version; an older one rolls back */
        put: operations["move_label_api_admin_templates__framework___name__labels__label__put"];
        post?: never;
        /** Take a label away: the pack's own template holds again */
        delete: operations["remove_label_api_admin_templates__framework___name__labels__label__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/templates/{framework}/{name}/prompt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The prompt that a text makes of a sample request, as it would be sent */
        post: operations["render_prompt_api_admin_templates__framework___name__prompt_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/templates/{framework}/{name}/trial": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send it to one engine: events `prompt`, `delta` …, then `completed` or `failed`
         * @description No other engine answers in its place. Nothing is kept; who closes the connection stops the engine.
         */
        post: operations["run_trial_api_admin_templates__framework___name__trial_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/templates/{framework}/{name}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write a new version */
        post: operations["add_version_api_admin_templates__framework___name__versions_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/templates/{framework}/{name}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version's content */
        get: operations["read_version_api_admin_templates__framework___name__versions__version__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was used, and what it cost */
        get: operations["read_usage_api_admin_usage_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/usage/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lines by day, user, engine and model, as CSV */
        get: operations["export_usage_api_admin_usage_export_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users, the newest first */
        get: operations["list_users_api_admin_users_get"];
        put?: never;
        /** Create an account */
        post: operations["create_user_api_admin_users_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One user */
        get: operations["read_user_api_admin_users__user_id__get"];
        put?: never;
        post?: never;
        /** Delete the account and its keys */
        delete: operations["delete_user_api_admin_users__user_id__delete"];
        options?: never;
        head?: never;
        /** Change name or role, disable or enable */
        patch: operations["update_user_api_admin_users__user_id__patch"];
        trace?: never;
    };
    "/api/admin/users/{user_id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reset the password; every sign-in of the user ends */
        post: operations["reset_password_api_admin_users__user_id__password_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AdapterComparison
         * @description Against the base model on the adapter's days: the difference of the accepted rates with its 95 % interval.
         */
        AdapterComparison: {
            /** Accepted */
            accepted: number;
            /** Base Accepted */
            base_accepted: number;
            /** Difference */
            difference: number;
            /** High */
            high: number;
            /** Low */
            low: number;
            /** Name */
            name: string;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "better" | "worse" | "not_sure" | "too_few";
        };
        /** AdapterCreateRequest */
        AdapterCreateRequest: {
            /** Name */
            name: string;
            /**
             * Note
             * @description What it was trained on
             * @default
             */
            note?: string;
            /**
             * Path
             * @description Where the engine's server finds it; a version has a path of its own
             */
            path: string;
            /**
             * Version
             * @default
             */
            version?: string;
        };
        /** AdapterResponse */
        AdapterResponse: {
            /** Created At */
            created_at: string | null;
            /** Created By */
            created_by: string | null;
            /**
             * Figures
             * @description Of the last 30 days, as the gateway counts them
             */
            figures: {
                [key: string]: unknown;
            } | null;
            /** Loaded */
            loaded: boolean;
            /**
             * Name
             * @description `adapter@version`
             */
            name: string;
            /** Note */
            note: string;
            /** Path */
            path: string;
            /** Registered */
            registered: boolean;
            /** Share */
            share: number;
        };
        /**
         * AdapterSharesRequest
         * @description Shares of the calls by full name; what they leave of 1 is the base model's.
         */
        AdapterSharesRequest: {
            /** Shares */
            shares: {
                [key: string]: number;
            };
        };
        /** AdaptersResponse */
        AdaptersResponse: {
            /** Adapters */
            adapters: components["schemas"]["AdapterResponse"][];
            /**
             * Base Figures
             * @description Of the last 30 days
             */
            base_figures: {
                [key: string]: unknown;
            } | null;
            /** Base Share */
            base_share: number;
            /** Comparisons */
            comparisons: components["schemas"]["AdapterComparison"][];
            /** Engine */
            engine: string;
            /** Model */
            model: string;
            /** Reachable */
            reachable: boolean;
            /**
             * Supported
             * @description Whether the engine's server takes adapters
             */
            supported: boolean;
        };
        /** ApprovalRequest */
        ApprovalRequest: {
            /**
             * Aliases
             * @description What the screen is asked by, in both languages
             * @default []
             */
            aliases?: string[];
            /** Title */
            title: string;
        };
        /**
         * ArmOutcome
         * @description Of an arm's screens. A unit is a user, or a session, by `sticky`.
         *
         *     p-values are two-sided, against the control: permutation tests over units, adjusted for all tests of all arms
         *     (Holm). They are there once every arm has its planned units, and take the screens up to then.
         */
        ArmOutcome: {
            /** Accepted */
            accepted: number;
            /** Accepted P */
            accepted_p: number | null;
            /**
             * Accepted Rate
             * @description Of all screens
             */
            accepted_rate: number | null;
            /** Degraded */
            degraded: number;
            /**
             * Distance Mean
             * @description The mean of the units' own means, 0 to 1
             */
            distance_mean: number | null;
            /** Distance P */
            distance_p: number | null;
            /** Duration Ms P50 */
            duration_ms_p50: number | null;
            /** Failed */
            failed: number;
            /** Generations */
            generations: number;
            /**
             * Missing Units
             * @description So many more are planned
             */
            missing_units: number;
            /** Name */
            name: string;
            /** Significant */
            significant: boolean;
            /**
             * Unit Accepted Rate
             * @description The mean of the units' own rates, which is what is tested
             */
            unit_accepted_rate: number | null;
            /** Units */
            units: number;
        };
        /**
         * ArmRequest
         * @description Without engine and templates: what is in production.
         */
        ArmRequest: {
            /** Engine */
            engine?: string | null;
            /** Name */
            name: string;
            /**
             * Templates
             * @default {}
             */
            templates?: {
                [key: string]: number;
            };
            /**
             * Weight
             * @default 1
             */
            weight?: number;
        };
        /** AuditListResponse */
        AuditListResponse: {
            /** Items */
            items: components["schemas"]["AuditResponse"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** AuditResponse */
        AuditResponse: {
            /** Action */
            action: string;
            /** Actor Id */
            actor_id: string;
            /** Actor Service */
            actor_service: string;
            /** After */
            after: {
                [key: string]: unknown;
            } | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Before
             * @description Of a change, the members that differ; never a secret
             */
            before: {
                [key: string]: unknown;
            } | null;
            /** Id */
            id: string;
            /** Subject Id */
            subject_id: string;
            /** Subject Kind */
            subject_kind: string;
            /** Trace Id */
            trace_id: string;
        };
        /** BucketResponse */
        BucketResponse: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Cancelled */
            cancelled: number;
            /** Completed */
            completed: number;
            /** Completion Tokens */
            completion_tokens: number;
            /** Degraded */
            degraded: number;
            /** Engine P50 Ms */
            engine_p50_ms: number | null;
            /** Failed */
            failed: number;
            /** Generations */
            generations: number;
            /** P50 Ms */
            p50_ms: number | null;
            /** P95 Ms */
            p95_ms: number | null;
            /** Prompt Tokens */
            prompt_tokens: number;
        };
        /** CaseLine */
        CaseLine: {
            /** Id */
            id: string;
            /** Language */
            language: string;
            /** Pattern */
            pattern: string;
            /** Prompt */
            prompt: string;
            /**
             * Scores
             * @description By variant; null where none is done yet
             */
            scores: (number | null)[];
        };
        /** CaseListResponse */
        CaseListResponse: {
            /** Items */
            items: components["schemas"]["CaseLine"][];
        };
        /**
         * CaseResponse
         * @description A case and what every variant made of it.
         */
        CaseResponse: {
            /** Case */
            case: {
                [key: string]: unknown;
            };
            /** Items */
            items: components["schemas"]["ItemResponse"][];
        };
        /**
         * ComparedValues
         * @description Values of a model's profile, in place of those in force; what is not given stays as it is.
         */
        ComparedValues: {
            /** Examples */
            examples?: number | null;
            /** Hits */
            hits?: number | null;
            /** Repair Budget */
            repair_budget?: number | null;
            /** Threshold */
            threshold?: number | null;
        };
        /**
         * ComparisonRow
         * @description A variant. Shares are 0 to 1, `score` 0 to 100, `relative` to the reference's 100; intervals are of 95 %.
         *
         *     Times, tokens, GPU seconds and cost are of the engine's own answers.
         */
        ComparisonRow: {
            /** Cases */
            cases: number;
            /** Completion Tokens Mean */
            completion_tokens_mean: number | null;
            /** Cost Mean */
            cost_mean: number | null;
            /** Cost Total */
            cost_total: number;
            /** @description Points of the score, this minus the reference */
            difference: components["schemas"]["IntervalResponse"] | null;
            distance: components["schemas"]["IntervalResponse"] | null;
            /** Duration Ms Mean */
            duration_ms_mean: number | null;
            /** Duration Ms P50 */
            duration_ms_p50: number | null;
            /** Duration Ms P95 */
            duration_ms_p95: number | null;
            expectations: components["schemas"]["IntervalResponse"] | null;
            /**
             * Failed
             * @description Another engine, or nobody, answered: no merit of this one
             */
            failed: number;
            /** Gpu S Mean */
            gpu_s_mean: number | null;
            /** Gpu S Total */
            gpu_s_total: number;
            judged: components["schemas"]["IntervalResponse"] | null;
            /** Name */
            name: string;
            precision: components["schemas"]["IntervalResponse"] | null;
            /** Prompt Tokens Mean */
            prompt_tokens_mean: number | null;
            recall: components["schemas"]["IntervalResponse"] | null;
            relative: components["schemas"]["IntervalResponse"] | null;
            /** Results */
            results: number;
            score: components["schemas"]["IntervalResponse"] | null;
            valid_after: components["schemas"]["IntervalResponse"] | null;
            valid_before: components["schemas"]["IntervalResponse"] | null;
            /** Variant */
            variant: number;
        };
        /** DependencyState */
        DependencyState: {
            /** Name */
            name: string;
            /** Ok */
            ok: boolean;
            /** Required */
            required: boolean;
            /** State */
            state: string;
        };
        /** DiffResponse */
        DiffResponse: {
            /** Added */
            added: number;
            /**
             * Diff
             * @description Unified diff; empty where both are the same
             */
            diff: string;
            /** From Version */
            from_version: number;
            /** Removed */
            removed: number;
            /** To Version */
            to_version: number;
        };
        /** EngineCreateRequest */
        EngineCreateRequest: {
            /**
             * Aliases
             * @description Further names; several engines may share one
             * @default []
             */
            aliases?: string[];
            /**
             * Api
             * @default both
             * @enum {string}
             */
            api?: "chat" | "completions" | "both";
            /**
             * Api Key
             * @description Write-only
             */
            api_key?: string | null;
            /** Base Url */
            base_url: string;
            /**
             * Capabilities
             * @description What the model can do; null: what its server says
             */
            capabilities?: ("vision" | "tools" | "json" | "reasoning" | "responses")[] | null;
            /**
             * Context Window
             * @default 8192
             */
            context_window?: number;
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
            /**
             * Fallbacks
             * @default []
             */
            fallbacks?: string[];
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "openai" | "vllm" | "llamacpp" | "ollama";
            /**
             * Max Concurrency
             * @description Calls at once; null: the server has its own queue
             */
            max_concurrency?: number | null;
            /**
             * Max Output Tokens
             * @default 2048
             */
            max_output_tokens?: number;
            /**
             * Max Queue
             * @description Calls that may wait for their turn
             * @default 64
             */
            max_queue?: number;
            /** Model */
            model: string;
            /**
             * Model Class
             * @description From the size in the model's name where not given
             */
            model_class?: ("small" | "medium" | "large") | null;
            /**
             * Models At Once
             * @description How many models its server holds at the same time; null: all of them (Ollama: one)
             */
            models_at_once?: number | null;
            /** Name */
            name?: string | null;
            /** Temperature */
            temperature?: number | null;
            /**
             * Weight
             * @description Share of the calls among engines with the same model or alias
             * @default 1
             */
            weight?: number;
        };
        /** EngineFinding */
        EngineFinding: {
            /** Code */
            code: string;
            /** Message */
            message: string;
            /** Message Ko */
            message_ko: string;
            /**
             * Severity
             * @enum {string}
             */
            severity: "error" | "warning";
        };
        /** EngineListResponse */
        EngineListResponse: {
            /** Items */
            items: components["schemas"]["EngineResponse"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * EnginePrice
         * @description What an engine costs, in the currency of the settings.
         */
        EnginePrice: {
            /**
             * Completion Million
             * @description A million tokens received
             * @default 0
             */
            completion_million?: number;
            /**
             * Gpu Hour
             * @default 0
             */
            gpu_hour?: number;
            /**
             * Prompt Million
             * @description A million tokens sent
             * @default 0
             */
            prompt_million?: number;
        };
        /** EngineResponse */
        EngineResponse: {
            /** Aliases */
            aliases: string[];
            /** Api */
            api: string;
            /** Base Url */
            base_url: string | null;
            /** Capabilities */
            capabilities: string[] | null;
            /** Context Window */
            context_window: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Enabled */
            enabled: boolean;
            /** Fallbacks */
            fallbacks: string[];
            /** Has Api Key */
            has_api_key: boolean;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Max Concurrency */
            max_concurrency: number | null;
            /** Max Output Tokens */
            max_output_tokens: number;
            /** Max Queue */
            max_queue: number;
            /** Model */
            model: string;
            /** Model Class */
            model_class: string;
            /** Models At Once */
            models_at_once: number | null;
            /** Name */
            name: string;
            /** Temperature */
            temperature: number | null;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Version */
            version: number;
            /** Weight */
            weight: number;
        };
        /** EngineStateResponse */
        EngineStateResponse: {
            /** Detail */
            detail: string;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Max Concurrency */
            max_concurrency: number | null;
            /** Model */
            model: string;
            /** Name */
            name: string;
            /** Running */
            running: number;
            /** State */
            state: string;
            /** Waiting */
            waiting: number;
        };
        /**
         * EngineTestResponse
         * @description What the engine's server reports.
         */
        EngineTestResponse: {
            /**
             * Context Window
             * @description What the server grants the model
             */
            context_window: number | null;
            /** Findings */
            findings: components["schemas"]["EngineFinding"][];
            /** Latency Ms */
            latency_ms: number | null;
            /** Models */
            models: string[];
            /** Ok */
            ok: boolean;
            /**
             * Server
             * @description Name and version, where the server says them
             */
            server: string | null;
        };
        /**
         * EngineUpdateRequest
         * @description Only what is given changes; `api_key: null` removes the secret.
         */
        EngineUpdateRequest: {
            /** Aliases */
            aliases?: string[] | null;
            /** Api */
            api?: ("chat" | "completions" | "both") | null;
            /** Api Key */
            api_key?: string | null;
            /** Base Url */
            base_url?: string | null;
            /** Capabilities */
            capabilities?: ("vision" | "tools" | "json" | "reasoning" | "responses")[] | null;
            /** Context Window */
            context_window?: number | null;
            /** Enabled */
            enabled?: boolean | null;
            /** Fallbacks */
            fallbacks?: string[] | null;
            /** Kind */
            kind?: ("openai" | "vllm" | "llamacpp" | "ollama") | null;
            /** Max Concurrency */
            max_concurrency?: number | null;
            /** Max Output Tokens */
            max_output_tokens?: number | null;
            /** Max Queue */
            max_queue?: number | null;
            /** Model */
            model?: string | null;
            /** Model Class */
            model_class?: ("small" | "medium" | "large") | null;
            /** Models At Once */
            models_at_once?: number | null;
            /** Name */
            name?: string | null;
            /**
             * Overrule
             * @description Why it goes into production although its evaluation does not show it fit for that
             */
            overrule?: string | null;
            /** Temperature */
            temperature?: number | null;
            /**
             * Version
             * @description The version that was read: 409 where it is no longer the current one
             */
            version?: number | null;
            /** Weight */
            weight?: number | null;
        };
        /**
         * EvaluatedFigures
         * @description Of the newest evaluation with the model's engine in the values that are in force.
         */
        EvaluatedFigures: {
            /** Cases */
            cases: number;
            /** Evaluation Id */
            evaluation_id: string;
            /** Failed */
            failed: number;
            /** Mended */
            mended: {
                [key: string]: unknown;
            };
            /** Name */
            name: string;
            /** P95 Ms */
            p95_ms: number | null;
            /** Score */
            score: number;
            /** Unusable */
            unusable: {
                [key: string]: unknown;
            };
            /** Variant */
            variant: string;
        };
        /** EvaluationLine */
        EvaluationLine: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Done */
            done: number;
            /** Ended At */
            ended_at: string | null;
            /** Framework */
            framework: string;
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Reference */
            reference: number;
            /** Repeats */
            repeats: number;
            /** Started At */
            started_at: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "running" | "completed" | "cancelled" | "interrupted";
            /** Total */
            total: number;
            /** Variants */
            variants: {
                [key: string]: unknown;
            }[];
        };
        /** EvaluationListResponse */
        EvaluationListResponse: {
            /** Items */
            items: components["schemas"]["EvaluationLine"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * EvaluationRequest
         * @description What is compared. Without `cases` and `own_cases`: all golden cases of the framework that the filters leave.
         */
        EvaluationRequest: {
            /**
             * Cases
             * @description Golden cases by id
             * @default []
             */
            cases?: string[];
            /**
             * Concurrency
             * @description Generations at a time
             * @default 1
             */
            concurrency?: number;
            /** Framework */
            framework?: string | null;
            judge?: components["schemas"]["JudgeRequest"] | null;
            /**
             * Languages
             * @default []
             */
            languages?: ("ko" | "en")[];
            /**
             * Limit
             * @description So many cases at most, spread over the patterns
             */
            limit?: number | null;
            /**
             * Name
             * @default
             */
            name?: string;
            /**
             * Own Cases
             * @default []
             */
            own_cases?: components["schemas"]["OwnCase"][];
            /**
             * Patterns
             * @default []
             */
            patterns?: string[];
            /**
             * Reference
             * @description The variant that is 100
             * @default 0
             */
            reference?: number;
            /**
             * Repeats
             * @default 1
             */
            repeats?: number;
            /** Variants */
            variants: components["schemas"]["Variant"][];
        };
        /** EvaluationResponse */
        EvaluationResponse: {
            /** Case Ids */
            case_ids: string[];
            /** Comparison */
            comparison: components["schemas"]["ComparisonRow"][];
            /** Concurrency */
            concurrency: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Done */
            done: number;
            /** Ended At */
            ended_at: string | null;
            /** Framework */
            framework: string;
            /** Id */
            id: string;
            /** Judge */
            judge: {
                [key: string]: unknown;
            } | null;
            /** Name */
            name: string;
            /** Pack */
            pack: {
                [key: string]: unknown;
            };
            /** Reference */
            reference: number;
            /** Repeats */
            repeats: number;
            /** Scoring Version */
            scoring_version: string;
            /** Started At */
            started_at: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "running" | "completed" | "cancelled" | "interrupted";
            /** Total */
            total: number;
            /** Variants */
            variants: {
                [key: string]: unknown;
            }[];
        };
        /** ExampleFile */
        ExampleFile: {
            /** Content */
            content: string;
            /**
             * Diff
             * @description Unified, from what was emitted; empty where nobody changed it
             */
            diff: string;
            /** Language */
            language: string;
            /** Path */
            path: string;
        };
        /**
         * ExampleLine
         * @description The prompt is scrubbed of personal data and secrets.
         */
        ExampleLine: {
            /** Consent */
            consent: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Decided At */
            decided_at: string | null;
            /** Decided By */
            decided_by: string | null;
            /** Distance */
            distance: {
                [key: string]: unknown;
            } | null;
            /** Engine */
            engine: string | null;
            /** Framework */
            framework: string | null;
            /** Generation Id */
            generation_id: string;
            /** Model */
            model: string | null;
            /** Prompt */
            prompt: string;
            /** Rating */
            rating: number | null;
            /** Reason */
            reason: string;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "approved" | "rejected" | "retracted";
            /** Title */
            title: string;
            /** User Id */
            user_id: string;
        };
        /** ExampleListResponse */
        ExampleListResponse: {
            /** Items */
            items: components["schemas"]["ExampleLine"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** ExampleResponse */
        ExampleResponse: {
            /** Comment */
            comment: string | null;
            /** Consent */
            consent: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Decided At */
            decided_at: string | null;
            /** Decided By */
            decided_by: string | null;
            /** Distance */
            distance: {
                [key: string]: unknown;
            } | null;
            /** Engine */
            engine: string | null;
            /** Entry Id */
            entry_id: string | null;
            /** Files */
            files: components["schemas"]["ExampleFile"][];
            /** Framework */
            framework: string | null;
            /** Generation Id */
            generation_id: string;
            /** Model */
            model: string | null;
            /** Pattern */
            pattern: string | null;
            /** Prompt */
            prompt: string;
            /** Rating */
            rating: number | null;
            /** Reason */
            reason: string;
            /**
             * Scrubbed
             * @description What was taken out, by kind
             */
            scrubbed: {
                [key: string]: number;
            };
            /** Spec */
            spec: {
                [key: string]: unknown;
            } | null;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "approved" | "rejected" | "retracted";
            /** Title */
            title: string;
            /** User Id */
            user_id: string;
        };
        /** ExperimentDetailResponse */
        ExperimentDetailResponse: {
            /** Arms */
            arms: {
                [key: string]: unknown;
            }[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Ended At */
            ended_at: string | null;
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Outcomes */
            outcomes: components["schemas"]["ArmOutcome"][];
            /** Planned Units */
            planned_units: number;
            /**
             * Status
             * @enum {string}
             */
            status: "running" | "ended";
            /** Sticky */
            sticky: string;
        };
        /** ExperimentListResponse */
        ExperimentListResponse: {
            /** Items */
            items: components["schemas"]["ExperimentResponse"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** ExperimentRequest */
        ExperimentRequest: {
            /**
             * Arms
             * @description The first is the control
             */
            arms: components["schemas"]["ArmRequest"][];
            /**
             * Name
             * @default
             */
            name?: string;
            /**
             * Planned Units
             * @description So many users (or sessions) in each arm; whether arms differ is said from there on
             * @default 20
             */
            planned_units?: number;
            /**
             * Sticky
             * @description Who stays with an arm
             * @default user
             * @enum {string}
             */
            sticky?: "user" | "session";
        };
        /** ExperimentResponse */
        ExperimentResponse: {
            /** Arms */
            arms: {
                [key: string]: unknown;
            }[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Ended At */
            ended_at: string | null;
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Planned Units */
            planned_units: number;
            /**
             * Status
             * @enum {string}
             */
            status: "running" | "ended";
            /** Sticky */
            sticky: string;
        };
        /** FaultResponse */
        FaultResponse: {
            /**
             * Code
             * @description `encoding`, `empty`, `head`, `yaml`, `list`, `unknown`, `missing`, `too_long`, `field`, `twice`, `kind`, `archive`, `encrypted`, `too_large` or `too_many`
             */
            code: string;
            /**
             * Field
             * @description The member that is wrong, where it is one
             */
            field: string;
            /** Message */
            message: string;
        };
        /** FrameworkIndexResponse */
        FrameworkIndexResponse: {
            /** Entries */
            entries: number;
            /** Framework */
            framework: string;
            /** Indexed */
            indexed: number;
        };
        /**
         * Gates
         * @description What goes into production has to be shown not worse: by `margin` points of 100 at most, over so many cases.
         */
        Gates: {
            /**
             * Enforced
             * @default true
             */
            enforced?: boolean;
            /**
             * Margin
             * @default 2
             */
            margin?: number;
            /**
             * Min Cases
             * @default 20
             */
            min_cases?: number;
        };
        /** GenerationListResponse */
        GenerationListResponse: {
            /** Items */
            items: {
                [key: string]: unknown;
            }[];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * GoldenResponse
         * @description The golden cases that an evaluation of this framework would take.
         */
        GoldenResponse: {
            /** Cases */
            cases: components["schemas"]["CaseLine"][];
            /** Framework */
            framework: string;
            /** Hash */
            hash: string;
            /** Version */
            version: string;
        };
        /** HealthResponse */
        HealthResponse: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Default Engine */
            default_engine: string | null;
            /**
             * Engines
             * @description Null: llm-proxy could not be asked
             */
            engines: components["schemas"]["EngineStateResponse"][] | null;
            /** Services */
            services: components["schemas"]["ServiceStateResponse"][];
        };
        /** HTTPValidationError */
        HTTPValidationError: {
            /** Detail */
            detail: components["schemas"]["ValidationError"][];
        };
        /** ImportedEntryResponse */
        ImportedEntryResponse: {
            /** Entry Id */
            entry_id: string;
            /** Faults */
            faults: components["schemas"]["FaultResponse"][];
            /** File */
            file: string;
            /**
             * Left Out
             * @description Members of a pack's entry that entries here don't have
             */
            left_out: string[];
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "created" | "updated" | "unchanged" | "kept" | "refused";
            /** Title */
            title: string;
        };
        /**
         * ImportResponse
         * @description With `check`, what would become of each.
         */
        ImportResponse: {
            /** Checked Only */
            checked_only: boolean;
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /**
             * Ignored
             * @description Files of an archive that are no knowledge
             */
            ignored: string[];
            /** Items */
            items: components["schemas"]["ImportedEntryResponse"][];
        };
        /**
         * IntervalResponse
         * @description A mean of `n` cases with its 95 % interval; null bounds: of fewer than 5 cases there is none.
         */
        IntervalResponse: {
            /** High */
            high: number | null;
            /** Low */
            low: number | null;
            /** Mean */
            mean: number;
            /** N */
            n: number;
        };
        /** InvitationCreatedResponse */
        InvitationCreatedResponse: {
            /**
             * Code
             * @description The code itself: shown this once
             */
            code: string;
            invitation: components["schemas"]["InvitationResponse"];
        };
        /** InvitationCreateRequest */
        InvitationCreateRequest: {
            /**
             * Days
             * @default 7
             */
            days?: number;
            /**
             * Email
             * @description Whom it is for; anybody who has the code where it is not given
             */
            email?: string | null;
            /**
             * Role
             * @default developer
             */
            role?: string;
        };
        /** InvitationListResponse */
        InvitationListResponse: {
            /** Items */
            items: components["schemas"]["InvitationResponse"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** InvitationResponse */
        InvitationResponse: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Email */
            email: string | null;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Id */
            id: string;
            /** Role */
            role: string;
            /** Used At */
            used_at: string | null;
            /** Used By */
            used_by: string | null;
        };
        /** ItemResponse */
        ItemResponse: {
            /** Case Id */
            case_id: string;
            /** Generation Id */
            generation_id: string | null;
            /** Judgement */
            judgement: {
                [key: string]: unknown;
            } | null;
            /** Measures */
            measures: {
                [key: string]: unknown;
            } | null;
            /** Number */
            number: number;
            /** Repeat */
            repeat: number;
            /** Variant */
            variant: number;
        };
        /** JudgeRequest */
        JudgeRequest: {
            /** Engine */
            engine: string;
        };
        /** KeyCreatedResponse */
        KeyCreatedResponse: {
            /**
             * Api Key
             * @description The key itself: shown this once
             */
            api_key: string;
            key: components["schemas"]["KeyResponse"];
        };
        /** KeyCreateRequest */
        KeyCreateRequest: {
            /** Expires At */
            expires_at?: string | null;
            /** Name */
            name: string;
            /**
             * Scopes
             * @description Empty: all that the role may
             * @default []
             */
            scopes?: string[];
            /**
             * User Id
             * @description Admins make keys for others too
             */
            user_id?: string | null;
        };
        /** KeyListResponse */
        KeyListResponse: {
            /** Items */
            items: components["schemas"]["KeyResponse"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** KeyResponse */
        KeyResponse: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Id */
            id: string;
            /** Last Used At */
            last_used_at: string | null;
            /** Name */
            name: string;
            /** Revoked At */
            revoked_at: string | null;
            /** Scopes */
            scopes: string[];
            /** User Id */
            user_id: string;
        };
        /** KeySetResponse */
        KeySetResponse: {
            /** Keys */
            keys: {
                [key: string]: unknown;
            }[];
        };
        /** KnowledgeCreateRequest */
        KnowledgeCreateRequest: {
            /**
             * Aliases
             * @default []
             */
            aliases?: string[];
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
            /** Framework */
            framework: string;
            /**
             * Id
             * @description That of a pack's entry replaces it; made up where not given
             */
            id?: string | null;
            /** Kind */
            kind: string;
            /**
             * Source
             * @description Where it comes from: shown beside citations
             * @default
             */
            source?: string;
            /**
             * Tags
             * @default []
             */
            tags?: string[];
            /** Text */
            text: string;
            /** Title */
            title: string;
        };
        /** KnowledgeIndexResponse */
        KnowledgeIndexResponse: {
            /** Items */
            items: components["schemas"]["FrameworkIndexResponse"][];
        };
        /** KnowledgeListResponse */
        KnowledgeListResponse: {
            /** Items */
            items: components["schemas"]["KnowledgeResponse"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** KnowledgeResponse */
        KnowledgeResponse: {
            /** Aliases */
            aliases: string[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Enabled */
            enabled: boolean;
            /** Framework */
            framework: string;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Source */
            source: string;
            /** Tags */
            tags: string[];
            /**
             * Text
             * @description Markdown
             */
            text: string;
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Version */
            version: number;
        };
        /**
         * KnowledgeUpdateRequest
         * @description Only what is given changes.
         */
        KnowledgeUpdateRequest: {
            /** Aliases */
            aliases?: string[] | null;
            /** Enabled */
            enabled?: boolean | null;
            /** Framework */
            framework?: string | null;
            /** Kind */
            kind?: string | null;
            /** Source */
            source?: string | null;
            /** Tags */
            tags?: string[] | null;
            /** Text */
            text?: string | null;
            /** Title */
            title?: string | null;
            /**
             * Version
             * @description The version that was read: 409 where it is no longer the current one
             */
            version?: number | null;
        };
        /** KnowledgeVersionResponse */
        KnowledgeVersionResponse: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Document */
            document: {
                [key: string]: unknown;
            };
            /** Version */
            version: number;
        };
        /** KnowledgeVersionsResponse */
        KnowledgeVersionsResponse: {
            /** Items */
            items: components["schemas"]["KnowledgeVersionResponse"][];
        };
        /** LabelRequest */
        LabelRequest: {
            /**
             * Expected
             * @description Where the label stood when it was read; 0: nowhere. 409 if it moved
             */
            expected?: number | null;
            /**
             * Overrule
             * @description Why it goes into production although its evaluation does not show it fit for that
             */
            overrule?: string | null;
            /** Version */
            version: number;
        };
        /** LogChanges */
        LogChanges: {
            /** Keep Days */
            keep_days?: number | null;
            /** Keep Details Days */
            keep_details_days?: number | null;
            /** Redact */
            redact?: ("email" | "phone" | "resident_number" | "card" | "secret")[] | null;
        };
        /**
         * LogSettings
         * @description How long generations are kept, and what of them is masked for all but their author.
         */
        LogSettings: {
            /**
             * Keep Days
             * @description Null: what the environment says; 0: for ever
             */
            keep_days: number | null;
            /**
             * Keep Details Days
             * @description Prompts as sent, raw answers, retrieval traces; as above
             */
            keep_details_days: number | null;
            /**
             * Redact
             * @description What is masked in the log and its exports
             */
            redact: string[];
        };
        /** MeasuredEngineResponse */
        MeasuredEngineResponse: {
            /** Cancelled */
            cancelled: number;
            /** Completed */
            completed: number;
            /** Completion Tokens */
            completion_tokens: number;
            /** Degraded */
            degraded: number;
            /** Engine */
            engine: string;
            /** Engine P50 Ms */
            engine_p50_ms: number | null;
            /** Failed */
            failed: number;
            /** Generations */
            generations: number;
            /** P50 Ms */
            p50_ms: number | null;
            /** P95 Ms */
            p95_ms: number | null;
            /** Prompt Tokens */
            prompt_tokens: number;
        };
        /**
         * MeasuredResponse
         * @description Times are of completed generations, in milliseconds; null where there is none.
         */
        MeasuredResponse: {
            /** Cancelled */
            cancelled: number;
            /** Completed */
            completed: number;
            /** Completion Tokens */
            completion_tokens: number;
            /** Degraded */
            degraded: number;
            /** Engine P50 Ms */
            engine_p50_ms: number | null;
            /** Failed */
            failed: number;
            /** Generations */
            generations: number;
            /** P50 Ms */
            p50_ms: number | null;
            /** P95 Ms */
            p95_ms: number | null;
            /** Prompt Tokens */
            prompt_tokens: number;
        };
        /** MeasuresResponse */
        MeasuresResponse: {
            /** Engines */
            engines: components["schemas"]["MeasuredEngineResponse"][];
            open: components["schemas"]["OpenResponse"];
            /** Series */
            series: components["schemas"]["BucketResponse"][];
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** Step S */
            step_s: number;
            total: components["schemas"]["MeasuredResponse"];
            /**
             * Until
             * Format: date-time
             */
            until: string;
        };
        /** ModelProfileListResponse */
        ModelProfileListResponse: {
            /** Figures Days */
            figures_days: number;
            /**
             * Figures Known
             * @description False while the gateway can't say
             */
            figures_known: boolean;
            /** Items */
            items: components["schemas"]["ModelProfileResponse"][];
        };
        /** ModelProfileResponse */
        ModelProfileResponse: {
            /** Engines */
            engines: string[];
            evaluated: components["schemas"]["EvaluatedFigures"] | null;
            /**
             * Figures
             * @description Of daily use, by adapter; as the gateway counts them
             */
            figures: {
                [key: string]: unknown;
            }[];
            /** Model */
            model: string;
            preset: components["schemas"]["ProfilePreset"] | null;
            /** Suggestions */
            suggestions: components["schemas"]["ProfileSuggestion"][];
            /** Values */
            values: components["schemas"]["ProfileValue"][];
            /** Version */
            version: number;
        };
        /** ModelProfileUpdateRequest */
        ModelProfileUpdateRequest: {
            /** Model */
            model: string;
            /**
             * Reason
             * @default
             */
            reason?: string;
            values: components["schemas"]["ProfileValues"];
        };
        /** OpenResponse */
        OpenResponse: {
            /** Queued */
            queued: number;
            /** Running */
            running: number;
            /** Waiting */
            waiting: number;
        };
        /**
         * OwnCase
         * @description A case of one's own; its members mean what they mean in a pack's `golden/` (README there).
         */
        OwnCase: {
            /**
             * Accepted Files
             * @default {}
             */
            accepted_files?: {
                [key: string]: string;
            };
            /**
             * Actions
             * @default []
             */
            actions?: string[];
            /**
             * Entities
             * @default []
             */
            entities?: string[];
            /**
             * Fields
             * @default
             */
            fields?: string;
            /**
             * Files
             * @default []
             */
            files?: string[];
            /** Id */
            id: string;
            /**
             * Language
             * @default ko
             * @enum {string}
             */
            language?: "ko" | "en";
            /**
             * Options
             * @default []
             */
            options?: string[];
            /**
             * Pattern
             * @default
             */
            pattern?: string;
            /** Prompt */
            prompt: string;
            /**
             * Transactions
             * @default []
             */
            transactions?: string[];
            /**
             * Whole
             * @default false
             */
            whole?: boolean;
        };
        /** PackReleaseRequest */
        PackReleaseRequest: {
            /**
             * Overrule
             * @description Why it goes into production although its evaluation does not show it fit for that
             */
            overrule?: string | null;
        };
        /** PasswordResetRequest */
        PasswordResetRequest: {
            /** Password */
            password?: string | null;
        };
        /**
         * PresetSource
         * @description What a page says of the model. `checked`: it was read; else it is named for the reader to check.
         */
        PresetSource: {
            /** Checked */
            checked: boolean;
            /** En */
            en: string;
            /** Ko */
            ko: string;
            /** Url */
            url: string;
        };
        /**
         * ProfilePreset
         * @description What public pages say of a model. Its values are judgements that we drew from that; none was measured.
         */
        ProfilePreset: {
            /** Context Window */
            context_window: number;
            /** Model */
            model: string;
            /** Model Class */
            model_class: string;
            quirks: components["schemas"]["Text"];
            /** Sources */
            sources: components["schemas"]["PresetSource"][];
        };
        /** ProfileSuggestion */
        ProfileSuggestion: {
            /**
             * Evaluation Id
             * @description The evaluation that says so; null: figures of daily use
             */
            evaluation_id: string | null;
            /**
             * Name
             * @enum {string}
             */
            name: "mode" | "edit_format" | "threshold" | "hits" | "examples" | "repair_budget";
            reason: components["schemas"]["Text"];
            /** Value */
            value: string | number;
        };
        /**
         * ProfileValue
         * @description A value in force, and why it holds.
         */
        ProfileValue: {
            /**
             * Name
             * @enum {string}
             */
            name: "mode" | "edit_format" | "threshold" | "hits" | "examples" | "repair_budget";
            /**
             * Origin
             * @enum {string}
             */
            origin: "manual" | "measured" | "preset" | "class" | "default";
            /**
             * Preset
             * @description What holds where nobody sets another
             */
            preset: string | number | null;
            reason: components["schemas"]["Text"];
            /**
             * Value
             * @description Null: by the request and the model's class
             */
            value: string | number | null;
        };
        /**
         * ProfileValues
         * @description Only what is given changes; null goes back to the preset.
         */
        ProfileValues: {
            /** Edit Format */
            edit_format?: ("search_replace" | "whole") | null;
            /** Examples */
            examples?: number | null;
            /** Hits */
            hits?: number | null;
            /** Mode */
            mode?: ("spec" | "direct" | "auto") | null;
            /** Repair Budget */
            repair_budget?: number | null;
            /** Threshold */
            threshold?: number | null;
        };
        /** RefusalRequest */
        RefusalRequest: {
            /** Reason */
            reason: string;
        };
        /** ReleaseListResponse */
        ReleaseListResponse: {
            /** Items */
            items: components["schemas"]["ReleaseResponse"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** ReleaseResponse */
        ReleaseResponse: {
            /** Before */
            before: string;
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "template" | "engine" | "pack";
            /** Overruled */
            overruled: string;
            /**
             * Released At
             * Format: date-time
             */
            released_at: string;
            /** Released By */
            released_by: string;
            /** Subject */
            subject: string;
            /**
             * Undoes
             * @description The release that this one takes back
             */
            undoes: string | null;
            /** Value */
            value: string;
            /** Verdict */
            verdict: {
                [key: string]: unknown;
            };
        };
        /**
         * Retrieval
         * @description For one class of models: hits at or above the threshold are kept, so many at most.
         */
        Retrieval: {
            /** Limit */
            limit: number;
            /** Threshold */
            threshold: number;
        };
        /** RetrievalByClass */
        RetrievalByClass: {
            large: components["schemas"]["Retrieval"];
            medium: components["schemas"]["Retrieval"];
            small: components["schemas"]["Retrieval"];
        };
        /** RetrievalChanges */
        RetrievalChanges: {
            large?: components["schemas"]["Retrieval"] | null;
            medium?: components["schemas"]["Retrieval"] | null;
            small?: components["schemas"]["Retrieval"] | null;
        };
        /** SampleScreen */
        SampleScreen: {
            /** Id */
            id: string;
            /** Title */
            title: string;
        };
        /** ServiceStateResponse */
        ServiceStateResponse: {
            /** Dependencies */
            dependencies: components["schemas"]["DependencyState"][];
            /**
             * Ms
             * @description How long its answer took
             */
            ms: number | null;
            /** Name */
            name: string;
            /**
             * State
             * @enum {string}
             */
            state: "ready" | "unready" | "unreachable";
        };
        /** SettingsResponse */
        SettingsResponse: {
            /** Currency */
            currency: string;
            /** Default Engine */
            default_engine: string;
            /**
             * Default Framework
             * @description Null: what the environment says, else the screen spec's default
             */
            default_framework: string | null;
            gates: components["schemas"]["Gates"];
            log: components["schemas"]["LogSettings"];
            /**
             * Prices
             * @description By engine
             */
            prices: {
                [key: string]: components["schemas"]["EnginePrice"];
            };
            /**
             * Registration
             * @description Null: as self_registration says
             */
            registration: ("open" | "invitation" | "closed") | null;
            retrieval: components["schemas"]["RetrievalByClass"];
            /**
             * Self Registration
             * @description Null: open in local mode, else closed
             */
            self_registration: boolean | null;
            /** Version */
            version: number;
        };
        /**
         * SettingsUpdateRequest
         * @description Only what is given changes; those that may be null go back to their defaults by null.
         */
        SettingsUpdateRequest: {
            /** Currency */
            currency?: string | null;
            /** Default Engine */
            default_engine?: string | null;
            /** Default Framework */
            default_framework?: string | null;
            gates?: components["schemas"]["Gates"] | null;
            log?: components["schemas"]["LogChanges"] | null;
            /**
             * Overrule
             * @description Why it goes into production although its evaluation does not show it fit for that
             */
            overrule?: string | null;
            /**
             * Prices
             * @description By engine; null removes one
             */
            prices?: {
                [key: string]: components["schemas"]["EnginePrice"] | null;
            } | null;
            /** Registration */
            registration?: ("open" | "invitation" | "closed") | null;
            retrieval?: components["schemas"]["RetrievalChanges"] | null;
            /** Self Registration */
            self_registration?: boolean | null;
            /**
             * Version
             * @description The version that was read: 409 where it is no longer the current one
             */
            version?: number | null;
        };
        /**
         * SuggestionRequest
         * @description Takes over what the figures suggest.
         */
        SuggestionRequest: {
            /** Model */
            model: string;
            /** Names */
            names: ("mode" | "edit_format" | "threshold" | "hits" | "examples" | "repair_budget")[];
        };
        /** TemplateContentResponse */
        TemplateContentResponse: {
            /** Content */
            content: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Note */
            note: string;
            /** Version */
            version: number;
        };
        /** TemplateCreateRequest */
        TemplateCreateRequest: {
            /** Content */
            content: string;
            /** Framework */
            framework: string;
            /**
             * Labels
             * @default []
             */
            labels?: ("production" | "staging")[];
            /**
             * Name
             * @description The task's name unless given
             */
            name?: string | null;
            /**
             * Note
             * @default
             */
            note?: string;
            /**
             * Overrule
             * @description Why it goes into production although its evaluation does not show it fit for that
             */
            overrule?: string | null;
            /**
             * Task
             * @enum {string}
             */
            task: "spec" | "direct" | "answer" | "modify" | "chat";
        };
        /** TemplateDetailResponse */
        TemplateDetailResponse: {
            /**
             * Content
             * @description Of the latest version
             */
            content: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Framework */
            framework: string;
            /**
             * Id
             * @description `<framework>/<name>`, as the pack's template that it replaces
             */
            id: string;
            /**
             * Labels
             * @description Which version each label stands on
             */
            labels: {
                [key: string]: number;
            };
            /** Latest Version */
            latest_version: number;
            /** Task */
            task: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /**
             * Version
             * @description Counts changes of any kind; the ETag
             */
            version: number;
            /**
             * Versions
             * @description The newest first, 200 at most
             */
            versions: components["schemas"]["TemplateVersionLineResponse"][];
        };
        /** TemplateListResponse */
        TemplateListResponse: {
            /** Items */
            items: components["schemas"]["TemplateResponse"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** TemplateResponse */
        TemplateResponse: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Framework */
            framework: string;
            /**
             * Id
             * @description `<framework>/<name>`, as the pack's template that it replaces
             */
            id: string;
            /**
             * Labels
             * @description Which version each label stands on
             */
            labels: {
                [key: string]: number;
            };
            /** Latest Version */
            latest_version: number;
            /** Task */
            task: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /**
             * Version
             * @description Counts changes of any kind; the ETag
             */
            version: number;
        };
        /** TemplateVersionLineResponse */
        TemplateVersionLineResponse: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /**
             * Created By Name
             * @description The id where the account is gone
             */
            created_by_name: string;
            /** Note */
            note: string;
            /** Version */
            version: number;
        };
        /**
         * TemplateVersionRequest
         * @description A version is written on top of one that was read: 409 where that is not the latest any more.
         */
        TemplateVersionRequest: {
            /** Base Version */
            base_version: number;
            /** Content */
            content: string;
            /**
             * Note
             * @default
             */
            note?: string;
        };
        /** Text */
        Text: {
            /** En */
            en: string;
            /** Ko */
            ko: string;
        };
        /** TrialCut */
        TrialCut: {
            /** Dropped */
            dropped: number;
            /** Section */
            section: string;
        };
        /** TrialMessage */
        TrialMessage: {
            /** Content */
            content: string;
            /** Role */
            role: string;
        };
        /** TrialPromptResponse */
        TrialPromptResponse: {
            /** Cut */
            cut: components["schemas"]["TrialCut"][];
            /** Hits Used */
            hits_used: string[];
            /** Messages */
            messages: components["schemas"]["TrialMessage"][];
            /** Templates */
            templates: components["schemas"]["TrialTemplate"][];
            /**
             * Tokens
             * @description By section, then `total` and `limit`; estimates on the safe side
             */
            tokens: {
                [key: string]: number;
            };
            /** Warnings */
            warnings: components["schemas"]["TrialWarning"][];
        };
        /**
         * TrialRequest
         * @description The text that is tried, saved or not, and the variables of a sample request.
         */
        TrialRequest: {
            /**
             * Base Spec
             * @description Of task `modify`: the screen that is changed
             */
            base_spec?: {
                [key: string]: unknown;
            } | null;
            /** Content */
            content: string;
            /**
             * Data Model
             * @description As intent-service gives it: `{entities, relations}`
             */
            data_model?: {
                [key: string]: unknown;
            } | null;
            /**
             * Engine
             * @description Its window and class decide what fits; a run needs one
             */
            engine?: string | null;
            /**
             * Knowledge
             * @description With the knowledge that a search for the prompt finds
             * @default true
             */
            knowledge?: boolean;
            /**
             * Language
             * @default ko
             * @enum {string}
             */
            language?: "ko" | "en";
            /** Pattern */
            pattern?: string | null;
            /** Prompt */
            prompt: string;
            screen?: components["schemas"]["SampleScreen"] | null;
            /**
             * Task
             * @enum {string}
             */
            task: "spec" | "direct" | "answer" | "modify" | "chat";
        };
        /** TrialTemplate */
        TrialTemplate: {
            /** Id */
            id: string;
            /** Source */
            source: string;
            /** Version */
            version: string;
        };
        /** TrialWarning */
        TrialWarning: {
            /** Code */
            code: string;
            /** Message */
            message: string;
        };
        /**
         * UsageResponse
         * @description Days are UTC's, both within.
         */
        UsageResponse: {
            /** Currency */
            currency: string;
            /** Days */
            days: components["schemas"]["UsedByResponse"][];
            /** Engines */
            engines: components["schemas"]["UsedByResponse"][];
            /**
             * First
             * Format: date
             */
            first: string;
            /**
             * Last
             * Format: date
             */
            last: string;
            /** Models */
            models: components["schemas"]["UsedByResponse"][];
            total: components["schemas"]["UsedResponse"];
            /**
             * Truncated
             * @description More than 50,000 lines: the numbers are too low
             */
            truncated: boolean;
            /** Users */
            users: components["schemas"]["UsedByResponse"][];
        };
        /**
         * UsedByResponse
         * @description `key` is the day, the user's id, the model or the engine; `label` what people call it.
         */
        UsedByResponse: {
            /** Completion Tokens */
            completion_tokens: number;
            /** Cost */
            cost: number;
            /** Degraded */
            degraded: number;
            /** Failed */
            failed: number;
            /** Generations */
            generations: number;
            /**
             * Gpu Seconds
             * @description Time that engines took; the built-in one takes none
             */
            gpu_seconds: number;
            /** Key */
            key: string;
            /** Label */
            label: string;
            /** Prompt Tokens */
            prompt_tokens: number;
        };
        /** UsedResponse */
        UsedResponse: {
            /** Completion Tokens */
            completion_tokens: number;
            /** Cost */
            cost: number;
            /** Degraded */
            degraded: number;
            /** Failed */
            failed: number;
            /** Generations */
            generations: number;
            /**
             * Gpu Seconds
             * @description Time that engines took; the built-in one takes none
             */
            gpu_seconds: number;
            /** Prompt Tokens */
            prompt_tokens: number;
        };
        /** UserCreatedResponse */
        UserCreatedResponse: {
            /**
             * Password
             * @description The password that was made up: shown this once
             */
            password: string | null;
            user: components["schemas"]["UserResponse"];
        };
        /** UserCreateRequest */
        UserCreateRequest: {
            /** Email */
            email: string;
            /** Name */
            name?: string | null;
            /**
             * Password
             * @description Made up, and answered once, where it is not given
             */
            password?: string | null;
            /**
             * Role
             * @default developer
             */
            role?: string;
        };
        /** UserListResponse */
        UserListResponse: {
            /** Items */
            items: components["schemas"]["UserResponse"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** UserResponse */
        UserResponse: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Disabled */
            disabled: boolean;
            /** Email */
            email: string;
            /** Id */
            id: string;
            /** Last Login At */
            last_login_at: string | null;
            /** Name */
            name: string;
            /** Role */
            role: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Version */
            version: number;
        };
        /**
         * UserUpdateRequest
         * @description Only what is given changes.
         */
        UserUpdateRequest: {
            /** Disabled */
            disabled?: boolean | null;
            /** Name */
            name?: string | null;
            /** Role */
            role?: string | null;
            /**
             * Version
             * @description The version that was read: 409 where it is no longer the current one
             */
            version?: number | null;
        };
        /** ValidationError */
        ValidationError: {
            /** Context */
            ctx: Record<string, never>;
            /** Input */
            input: unknown;
            /** Location */
            loc: (string | number)[];
            /** Message */
            msg: string;
            /** Error Type */
            type: string;
        };
        /**
         * Variant
         * @description One column of the comparison. `templates`: versions by template; 0 is the pack's own.
         */
        Variant: {
            /** Engine */
            engine: string;
            /** Gpu Hour */
            gpu_hour?: number | null;
            /**
             * Gpus
             * @description GPUs that the engine holds: GPU seconds are its time × this. One unless given, none of `builtin`
             */
            gpus?: number | null;
            /**
             * Input Per Million
             * @description Prices are the settings' of the engine unless given
             */
            input_per_million?: number | null;
            /**
             * Mode
             * @default spec
             * @enum {string}
             */
            mode?: "spec" | "direct" | "auto";
            /**
             * Name
             * @default
             */
            name?: string;
            /** Output Per Million */
            output_per_million?: number | null;
            /**
             * Templates
             * @default {}
             */
            templates?: {
                [key: string]: number;
            };
            /**
             * @description Values of the engine's model, for this variant alone
             * @default {}
             */
            values?: components["schemas"]["ComparedValues"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_audit_api_admin_audit_get: {
        parameters: {
            query?: {
                /** @description `engine.update`; `engine.` for all of a subject's */
                action?: string | null;
                actor_id?: string | null;
                cursor?: string | null;
                limit?: number;
                subject_id?: string | null;
                subject_kind?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditListResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_engines_api_admin_engines_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EngineListResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    create_engine_api_admin_engines_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EngineCreateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EngineResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_engine_api_admin_engines__engine_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                engine_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EngineResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    delete_engine_api_admin_engines__engine_id__delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read, as its ETag */
                "if-match"?: string | null;
            };
            path: {
                engine_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    update_engine_api_admin_engines__engine_id__patch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read, as its ETag */
                "if-match"?: string | null;
            };
            path: {
                engine_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EngineUpdateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EngineResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_adapters_api_admin_engines__engine_id__adapters_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                engine_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdaptersResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    register_adapter_api_admin_engines__engine_id__adapters_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                engine_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdapterCreateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdaptersResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    remove_adapter_api_admin_engines__engine_id__adapters__name__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                engine_id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    load_adapter_api_admin_engines__engine_id__adapters__name__load_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                engine_id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdaptersResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    promote_adapter_api_admin_engines__engine_id__adapters__name__promote_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                engine_id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdaptersResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    unload_adapter_api_admin_engines__engine_id__adapters__name__unload_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                engine_id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdaptersResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    roll_back_adapters_api_admin_engines__engine_id__adapters_rollback_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                engine_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdaptersResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    share_adapters_api_admin_engines__engine_id__adapters_shares_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                engine_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdapterSharesRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdaptersResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    probe_engine_api_admin_engines__engine_id__test_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                engine_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EngineTestResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_evaluations_api_admin_evaluations_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                framework?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationListResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    start_evaluation_api_admin_evaluations_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvaluationRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_evaluation_api_admin_evaluations__evaluation_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                evaluation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    delete_evaluation_api_admin_evaluations__evaluation_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                evaluation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    cancel_evaluation_api_admin_evaluations__evaluation_id__cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                evaluation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_cases_api_admin_evaluations__evaluation_id__cases_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                evaluation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseListResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_case_api_admin_evaluations__evaluation_id__cases__case_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                case_id: string;
                evaluation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_comparison_csv_api_admin_evaluations__evaluation_id__comparison_csv_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                evaluation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_report_api_admin_evaluations__evaluation_id__report_get: {
        parameters: {
            query?: {
                lang?: "ko" | "en";
            };
            header?: never;
            path: {
                evaluation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_results_csv_api_admin_evaluations__evaluation_id__results_csv_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                evaluation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    resume_evaluation_api_admin_evaluations__evaluation_id__resume_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                evaluation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_examples_api_admin_examples_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                status?: ("pending" | "approved" | "rejected" | "retracted") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExampleListResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_example_api_admin_examples__generation_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                generation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExampleResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    approve_example_api_admin_examples__generation_id__approve_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                generation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExampleResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_example_preview_api_admin_examples__generation_id__preview_get: {
        parameters: {
            query?: {
                theme?: "auto" | "light" | "dark";
            };
            header?: never;
            path: {
                generation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    reject_example_api_admin_examples__generation_id__reject_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                generation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefusalRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExampleResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    retract_example_api_admin_examples__generation_id__retract_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                generation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefusalRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExampleResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_experiments_api_admin_experiments_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentListResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    start_experiment_api_admin_experiments_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExperimentRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_experiment_api_admin_experiments__experiment_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experiment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentDetailResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    roll_back_api_admin_experiments__experiment_id__rollback_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experiment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_generations_api_admin_generations_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                /** @description Answered by another engine than was asked for */
                degraded?: boolean | null;
                engine?: string | null;
                framework?: string | null;
                kind?: string | null;
                limit?: number;
                /** @description Words of the prompt, the answer, files or the problem; all have to occur */
                q?: string | null;
                since?: string | null;
                status?: string | null;
                until?: string | null;
                user_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerationListResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_generation_api_admin_generations__generation_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                generation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    export_generations_api_admin_generations_export_get: {
        parameters: {
            query?: {
                /** @description Answered by another engine than was asked for */
                degraded?: boolean | null;
                engine?: string | null;
                format?: "jsonl" | "csv";
                framework?: string | null;
                kind?: string | null;
                /** @description Words of the prompt, the answer, files or the problem; all have to occur */
                q?: string | null;
                since?: string | null;
                status?: string | null;
                until?: string | null;
                user_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_golden_api_admin_golden_get: {
        parameters: {
            query?: {
                framework?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GoldenResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_invitations_api_admin_invitations_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationListResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    create_invitation_api_admin_invitations_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationCreateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationCreatedResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    delete_invitation_api_admin_invitations__invitation_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_keys_api_admin_keys_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                user_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyListResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    create_key_api_admin_keys_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyCreateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyCreatedResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    revoke_key_api_admin_keys__key_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_entries_api_admin_knowledge_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                framework?: string | null;
                kind?: string | null;
                limit?: number;
                /** @description Part of the title or text */
                q?: string | null;
                tag?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnowledgeListResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    create_entry_api_admin_knowledge_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KnowledgeCreateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnowledgeResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    export_entries_api_admin_knowledge_files_get: {
        parameters: {
            query?: {
                framework?: string | null;
                kind?: string | null;
                tag?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `<framework>/knowledge/<id>.md` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": unknown;
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    import_entries_api_admin_knowledge_files_post: {
        parameters: {
            query: {
                /** @description Only say what would become of each file */
                check?: boolean;
                /** @description An entry that is there already gets a new version, or stays as it is */
                existing?: "replace" | "keep";
                /** @description Of files that don't name one */
                framework: string;
                /** @description Of files that don't name one */
                kind?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    files: string[];
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_index_api_admin_knowledge_index_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnowledgeIndexResponse"];
                };
            };
        };
    };
    run_index_api_admin_knowledge_index_post: {
        parameters: {
            query?: {
                /** @description Embed what has not changed too */
                everything?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_entry_api_admin_knowledge__entry_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnowledgeResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    delete_entry_api_admin_knowledge__entry_id__delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read, as its ETag */
                "if-match"?: string | null;
            };
            path: {
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    update_entry_api_admin_knowledge__entry_id__patch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read, as its ETag */
                "if-match"?: string | null;
            };
            path: {
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KnowledgeUpdateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnowledgeResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_versions_api_admin_knowledge__entry_id__versions_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnowledgeVersionsResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    restore_version_api_admin_knowledge__entry_id__versions__version__restore_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read, as its ETag */
                "if-match"?: string | null;
            };
            path: {
                entry_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnowledgeResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_health_api_admin_operations_health_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthResponse"];
                };
            };
        };
    };
    read_measures_api_admin_operations_measures_get: {
        parameters: {
            query?: {
                span?: "hour" | "day" | "week" | "month";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeasuresResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_profiles_api_admin_profiles_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelProfileListResponse"];
                };
            };
        };
    };
    update_profile_api_admin_profiles_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ModelProfileUpdateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelProfileResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    take_over_suggestions_api_admin_profiles_suggestions_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SuggestionRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelProfileResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_releases_api_admin_releases_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                kind?: ("template" | "engine" | "pack") | null;
                limit?: number;
                subject?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseListResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    roll_back_api_admin_releases__kind___subject__rollback_post: {
        parameters: {
            query?: {
                /** @description The release to take back: 409 where it is not the newest */
                release?: string | null;
            };
            header?: never;
            path: {
                kind: "template" | "engine" | "pack";
                subject: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    release_pack_api_admin_releases_pack__framework__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                framework: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PackReleaseRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_settings_api_admin_settings_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsResponse"];
                };
            };
        };
    };
    update_settings_api_admin_settings_patch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read, as its ETag */
                "if-match"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsUpdateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    rotate_signing_key_api_admin_signing_keys_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeySetResponse"];
                };
            };
        };
    };
    list_templates_api_admin_templates_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                framework?: string | null;
                limit?: number;
                task?: ("spec" | "direct" | "answer" | "modify" | "chat") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateListResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    create_template_api_admin_templates_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateCreateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateDetailResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_template_api_admin_templates__framework___name__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                framework: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateDetailResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_diff_api_admin_templates__framework___name__diff_get: {
        parameters: {
            query: {
                from: number;
                to: number;
            };
            header?: never;
            path: {
                framework: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiffResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    move_label_api_admin_templates__framework___name__labels__label__put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read, as its ETag */
                "if-match"?: string | null;
            };
            path: {
                framework: string;
                label: "production" | "staging";
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LabelRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    remove_label_api_admin_templates__framework___name__labels__label__delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read, as its ETag */
                "if-match"?: string | null;
            };
            path: {
                framework: string;
                label: "production" | "staging";
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    render_prompt_api_admin_templates__framework___name__prompt_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                framework: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrialRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrialPromptResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    run_trial_api_admin_templates__framework___name__trial_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                framework: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrialRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    add_version_api_admin_templates__framework___name__versions_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read, as its ETag */
                "if-match"?: string | null;
            };
            path: {
                framework: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateVersionRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateDetailResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_version_api_admin_templates__framework___name__versions__version__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                framework: string;
                name: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateContentResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_usage_api_admin_usage_get: {
        parameters: {
            query?: {
                /** @description 30 days before the last unless given; UTC */
                first?: string | null;
                /** @description Today unless given; UTC */
                last?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    export_usage_api_admin_usage_export_get: {
        parameters: {
            query?: {
                /** @description 30 days before the last unless given; UTC */
                first?: string | null;
                /** @description Today unless given; UTC */
                last?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_users_api_admin_users_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                disabled?: boolean | null;
                limit?: number;
                /** @description Part of the address or name */
                q?: string | null;
                role?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserListResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    create_user_api_admin_users_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserCreateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserCreatedResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    read_user_api_admin_users__user_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    delete_user_api_admin_users__user_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    update_user_api_admin_users__user_id__patch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was read, as its ETag */
                "if-match"?: string | null;
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserUpdateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    reset_password_api_admin_users__user_id__password_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordResetRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserCreatedResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
}
