/* Made by `npm run api` from the openapi.json of gateway. */
export interface paths {
    "/api/auth/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's messages in all sessions */
        get: operations["message_history_api_auth_history_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An access token and a refresh token, or a cookie, for a password */
        post: operations["login_api_auth_login_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The sign-in is void: the refresh token's, or the cookie's
         * @description Needs no access token, which may have expired: whoever has a sign-in's refresh token or cookie may end it.
         */
        post: operations["logout_api_auth_logout_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is calling */
        get: operations["me_api_auth_me_get"];
        /** Change one's name */
        put: operations["update_me_api_auth_me_put"];
        post?: never;
        /** Delete one's account and sessions, which the password proves */
        delete: operations["delete_me_api_auth_me_delete"];
        options?: never;
        head?: never;
        /** Change one's name */
        patch: operations["update_me_api_auth_me_patch"];
        trace?: never;
    };
    "/api/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change one's password; every sign-in ends */
        post: operations["change_password_api_auth_password_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** New tokens for a refresh token, which is used up */
        post: operations["refresh_api_auth_refresh_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make one's own account, and sign in */
        post: operations["register_api_auth_register_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/registration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may register */
        get: operations["registration_api_auth_registration_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cookie's user and CSRF token */
        get: operations["session_api_auth_session_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one has used */
        get: operations["usage_api_auth_usage_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/llm/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One answer without a session */
        post: operations["generate_api_llm_generate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/llm/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The models that there are */
        get: operations["list_models_api_llm_models_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/llm/models/{model_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One model */
        get: operations["read_model_api_llm_models__model_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own sessions, the last used first */
        get: operations["list_sessions_api_sessions_get"];
        put?: never;
        /** Begin a session */
        post: operations["create_session_api_sessions_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One session */
        get: operations["read_session_api_sessions__session_id__get"];
        /** Rename it, or change its settings */
        put: operations["update_session_api_sessions__session_id__put"];
        post?: never;
        /** Delete it with its messages */
        delete: operations["delete_session_api_sessions__session_id__delete"];
        options?: never;
        head?: never;
        /** Rename it, or change its settings */
        patch: operations["update_session_api_sessions__session_id__patch"];
        trace?: never;
    };
    "/api/sessions/{session_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The session as a file */
        get: operations["export_session_api_sessions__session_id__export_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{session_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest messages; older ones by the cursor */
        get: operations["list_messages_api_sessions__session_id__messages_get"];
        put?: never;
        /** A message, and its answer */
        post: operations["create_message_api_sessions__session_id__messages_post"];
        /** Empty the session */
        delete: operations["delete_messages_api_sessions__session_id__messages_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{session_id}/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message */
        get: operations["read_message_api_sessions__session_id__messages__message_id__get"];
        /** Edit a message of one's own */
        put: operations["update_message_api_sessions__session_id__messages__message_id__put"];
        post?: never;
        /** Delete a message */
        delete: operations["delete_message_api_sessions__session_id__messages__message_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{session_id}/switch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make it the current one */
        post: operations["switch_session_api_sessions__session_id__switch_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The session that one switched to last */
        get: operations["current_session_api_sessions_current_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A session out of an export, JSON or Markdown */
        post: operations["import_file_api_sessions_import_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/recent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sessions last used */
        get: operations["recent_sessions_api_sessions_recent_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Titles and messages that hold every word */
        get: operations["search_sessions_api_sessions_search_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Privileged actions that came through the gateway, newest first */
        get: operations["read_audit_api_v1_audit_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own batches, newest first */
        get: operations["list_batches_api_v1_batches_get"];
        put?: never;
        /** Make a screen for each row of a CSV file (columns: prompt, framework, mode, model, artifacts) */
        post: operations["create_batch_api_v1_batches_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches/{batch_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a batch is, and when it may end */
        get: operations["read_batch_api_v1_batches__batch_id__get"];
        put?: never;
        post?: never;
        /** Cancel what has not ended */
        delete: operations["cancel_batch_api_v1_batches__batch_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches/{batch_id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All files as a zip, with what is there so far */
        get: operations["read_archive_api_v1_batches__batch_id__archive_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches/{batch_id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rows with their results */
        get: operations["read_rows_api_v1_batches__batch_id__rows_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/generations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own generations, newest first */
        get: operations["list_generations_api_v1_generations_get"];
        put?: never;
        /** Make a screen, modify one, or answer a question */
        post: operations["create_api_v1_generations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/generations/{generation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The result so far */
        get: operations["read_api_v1_generations__generation_id__get"];
        put?: never;
        post?: never;
        /** Cancel; the engine stops within 200 ms */
        delete: operations["cancel_api_v1_generations__generation_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/generations/{generation_id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a question of the generation */
        post: operations["answer_api_v1_generations__generation_id__answers_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/generations/{generation_id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All files as a zip */
        get: operations["read_archive_api_v1_generations__generation_id__archive_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/generations/{generation_id}/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files, or those of an earlier version of the spec, without their content */
        get: operations["list_artifacts_api_v1_generations__generation_id__artifacts_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/generations/{generation_id}/artifacts/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file */
        get: operations["read_artifact_api_v1_generations__generation_id__artifacts__path__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/generations/{generation_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The event stream; `Last-Event-ID` resumes it, also after the end */
        get: operations["events_api_v1_generations__generation_id__events_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/generations/{generation_id}/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rate, and give the code accepted */
        post: operations["feedback_api_v1_generations__generation_id__feedback_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/generations/{generation_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture of the screen and its popups with sample rows, as an HTML page that is safe to embed */
        get: operations["read_preview_api_v1_generations__generation_id__preview_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/generations/{generation_id}/spec": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The screen spec, or an earlier version of it; its version is the ETag */
        get: operations["read_spec_api_v1_generations__generation_id__spec_get"];
        /** Emit again from an edited spec, without an engine */
        put: operations["write_spec_api_v1_generations__generation_id__spec_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/generations/readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a prompt asks for, and its data model: nothing is made, nothing is kept */
        post: operations["read_prompt_api_v1_generations_readings_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/packs/lint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a framework pack, file by file
         * @description Every pattern is emitted with its templates, in a sandbox: for administrators and operators.
         */
        post: operations["lint_pack_api_v1_packs_lint_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own patches, newest first */
        get: operations["list_patches_api_v1_patches_get"];
        put?: never;
        /** Apply edits of one's own */
        post: operations["create_patch_api_v1_patches_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patches/{patch_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A patch, with its files */
        get: operations["read_patch_api_v1_patches__patch_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patches/{patch_id}/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rate a patch */
        post: operations["rate_patch_api_v1_patches__patch_id__feedback_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patches/{patch_id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a patch back: the files before */
        post: operations["roll_back_patch_api_v1_patches__patch_id__rollback_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own plans, newest first */
        get: operations["list_plans_api_v1_plans_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget a plan, with the files kept for it */
        delete: operations["delete_plan_api_v1_plans__plan_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The repositories, with their states */
        get: operations["list_repositories_api_v1_repositories_get"];
        put?: never;
        /**
         * Index a repository, or what changed in it
         * @description A job stays with it until it is indexed, and asks again where that failed.
         */
        post: operations["create_repository_api_v1_repositories_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{repository_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A repository, and how far it is indexed */
        get: operations["read_repository_api_v1_repositories__repository_id__get"];
        put?: never;
        post?: never;
        /**
         * Forget a repository
         * @description All that is stored of it goes too: for administrators and operators.
         */
        delete: operations["delete_repository_api_v1_repositories__repository_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{repository_id}/index": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Index what changed since */
        post: operations["index_repository_api_v1_repositories__repository_id__index_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search the knowledge base, by meaning and by word */
        post: operations["search_api_v1_search_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Training data as JSON lines */
        get: operations["export_training_api_v1_training_export_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an export would hold */
        get: operations["summarise_training_api_v1_training_summary_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own deliveries, newest first */
        get: operations["list_deliveries_api_v1_webhooks_deliveries_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The secret that signs one's own webhooks */
        get: operations["read_secret_api_v1_webhooks_secret_get"];
        put?: never;
        post?: never;
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
        /** AcceptedFile */
        AcceptedFile: {
            /** Content */
            content: string;
            /** Path */
            path: string;
        };
        /** AccountDeleteRequest */
        AccountDeleteRequest: {
            /** Password */
            password: string;
        };
        /** AccountUser */
        AccountUser: {
            /**
             * Email
             * @default
             */
            email: string;
            /** Id */
            id: string;
            /** Name */
            name: string | null;
            /** Role */
            role: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * Action
         * @description Something that the user (or loading) sets off.
         *
         *     `open_popup` names its target in `opens`, and with `pass_key` hands over the key of the chosen row; `validate`
         *     checks the datasets that the transaction sends; `then` is an action to run after it succeeded.
         *
         *     An `open_popup` with a `field` has its button beside that field of the region. The row chosen in the popup fills the
         *     columns of `fills`: pairs of a column here and the popup's column; without them those of the same names, and the
         *     field itself.
         */
        Action: {
            /** Confirm */
            confirm?: string | null;
            /**
             * Do
             * @enum {string}
             */
            do: "submit" | "add_row" | "delete_checked" | "open_popup" | "close_popup" | "choose_row" | "reset" | "export_excel";
            /** Field */
            field?: string | null;
            /** Fills */
            fills?: [
                string,
                string
            ][];
            /** Id */
            id: string;
            /**
             * Label
             * @default
             */
            label?: string;
            /** On */
            on: ("button" | "enter" | "load" | "row_double_click" | "row_select" | "popup_closed")[];
            /** Opens */
            opens?: string | null;
            /**
             * Pass Key
             * @default false
             */
            pass_key?: boolean;
            /** Popup */
            popup?: string | null;
            /** Region */
            region?: string | null;
            /** Then */
            then?: string | null;
            /** Transaction */
            transaction?: string | null;
            /**
             * Validate
             * @default false
             */
            validate?: boolean;
        };
        /** AnswerRequest */
        AnswerRequest: {
            /** Question Id */
            question_id: string;
            /** Value */
            value: string;
        };
        /** AnswerResponse */
        AnswerResponse: {
            /** Question Id */
            question_id: string;
            /** Value */
            value: string;
        };
        /**
         * SearchHit
         * @description Scores are 0 to 1.
         */
        app__features__search__schemas__SearchHit: {
            /** Dense */
            dense: number | null;
            /** Id */
            id: string;
            /**
             * Kind
             * @default
             */
            kind: string;
            /** Score */
            score: number;
            /** Source */
            source: string | null;
            /** Sparse */
            sparse: number | null;
            /**
             * Text
             * @default
             */
            text: string;
            /**
             * Title
             * @default
             */
            title: string;
        };
        /** SearchResponse */
        app__features__search__schemas__SearchResponse: {
            /** Hits */
            hits: components["schemas"]["app__features__search__schemas__SearchHit"][];
            /**
             * Warnings
             * @default []
             */
            warnings: components["schemas"]["SearchWarning"][];
        };
        /**
         * SearchHit
         * @description `highlights`: where the words stand in the snippet, as start and length.
         */
        app__features__sessions__schemas__SearchHit: {
            /** Highlights */
            highlights: [
                number,
                number
            ][];
            /**
             * Matched
             * @enum {string}
             */
            matched: "title" | "message";
            message: components["schemas"]["FoundMessage"] | null;
            session: components["schemas"]["SessionResponse"];
            /** Snippet */
            snippet: string;
        };
        /** SearchResponse */
        app__features__sessions__schemas__SearchResponse: {
            /** Items */
            items: components["schemas"]["app__features__sessions__schemas__SearchHit"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * ArtifactInfo
         * @description A file without its content.
         */
        ArtifactInfo: {
            /**
             * Diagnostics
             * @default []
             */
            diagnostics: {
                [key: string]: unknown;
            }[];
            /**
             * Fixes
             * @default []
             */
            fixes: {
                [key: string]: unknown;
            }[];
            /**
             * Kind
             * @default
             */
            kind: string;
            /** Language */
            language: string;
            /** Path */
            path: string;
            /** Sha256 */
            sha256: string;
            /** Size */
            size: number;
        };
        /** ArtifactListResponse */
        ArtifactListResponse: {
            /** Artifacts */
            artifacts: components["schemas"]["ArtifactInfo"][];
        };
        /** Attachment */
        Attachment: {
            /** Content */
            content: string;
            /**
             * Media Type
             * @default text/plain
             */
            media_type?: string;
            /** Name */
            name: string;
        };
        /**
         * AuditEntry
         * @description `address` is the caller's; `trace_id` finds the action in the logs of all services.
         */
        AuditEntry: {
            /** Address */
            address: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Id */
            id: string;
            /** Method */
            method: string;
            /** Path */
            path: string;
            /** Role */
            role: string;
            /** Status */
            status: number;
            /** Trace Id */
            trace_id: string;
            /** User Id */
            user_id: string;
        };
        /** AuditResponse */
        AuditResponse: {
            /** Items */
            items: components["schemas"]["AuditEntry"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * Batch
         * @description `counts`: rows by status. `eta_s`: seconds until the end at the pace so far; null before the first row's end.
         */
        Batch: {
            /** Batch Id */
            batch_id: string;
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Done */
            done: number;
            /** Ended At */
            ended_at: string | null;
            /** Eta S */
            eta_s: number | null;
            /** Name */
            name: string;
            /**
             * Status
             * @enum {string}
             */
            status: "running" | "cancelling" | "completed" | "cancelled";
            /** Total */
            total: number;
        };
        /** BatchAccepted */
        BatchAccepted: {
            /** Batch Id */
            batch_id: string;
            /**
             * Status
             * @default running
             * @constant
             */
            status: "running";
            /** Total */
            total: number;
        };
        /** BatchCancelled */
        BatchCancelled: {
            /** Batch Id */
            batch_id: string;
            /** Cancelled */
            cancelled: number;
        };
        /**
         * BatchLine
         * @description A row of the file and its generation; `row` counts from 1, below the file's first line.
         */
        BatchLine: {
            /**
             * Artifacts
             * @default []
             */
            artifacts: string[];
            /**
             * Degraded
             * @default false
             */
            degraded: boolean;
            /** Duration Ms */
            duration_ms: number | null;
            /** Engine */
            engine: string | null;
            /** Generation Id */
            generation_id: string;
            /** Kind */
            kind: string | null;
            /** Problem */
            problem: {
                [key: string]: unknown;
            } | null;
            /** Prompt */
            prompt: string;
            /** Row */
            row: number;
            /** Status */
            status: string;
        };
        /** BatchListResponse */
        BatchListResponse: {
            /** Items */
            items: components["schemas"]["Batch"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** BatchRowsResponse */
        BatchRowsResponse: {
            /** Items */
            items: components["schemas"]["BatchLine"][];
            /**
             * Next Row
             * @description For the page that follows, as `after`; null at the end.
             */
            next_row: number | null;
        };
        /**
         * BrowserResponse
         * @description `csrf_token` goes into the header `X-CSRF-Token` of every call that changes something; `expires_in`: seconds.
         */
        BrowserResponse: {
            /** Csrf Token */
            csrf_token: string;
            /** Expires In */
            expires_in: number;
            user: components["schemas"]["AccountUser"];
        };
        /** CancelResponse */
        CancelResponse: {
            /** Generation Id */
            generation_id: string;
            /** Status */
            status: string;
        };
        /** Choice */
        Choice: {
            /** Label */
            label: string;
            /** Value */
            value: string;
        };
        /** Citation */
        Citation: {
            /** Id */
            id: string;
            /** Kind */
            kind: string | null;
            /** Score */
            score: number | null;
            /** Source */
            source: string | null;
            /**
             * Title
             * @default
             */
            title: string;
        };
        /**
         * Column
         * @description A column of a dataset; the members mean what they mean on a data model's field.
         *
         *     `widget` says how it is edited where its type leaves a choice: a code or a yes-no by radio buttons or from a list,
         *     a text on several lines.
         */
        Column: {
            /** Code Group */
            code_group?: string | null;
            /** Default */
            default?: string | null;
            /** Format */
            format?: string | null;
            /**
             * Key
             * @default false
             */
            key?: boolean;
            /** Label */
            label: string;
            /** Length */
            length?: number | null;
            /** Name */
            name: string;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Scale */
            scale?: number | null;
            /**
             * Type
             * @default string
             * @enum {string}
             */
            type?: "string" | "text" | "integer" | "decimal" | "boolean" | "date" | "datetime" | "time" | "code";
            /** Widget */
            widget?: ("radio" | "combo" | "multiline") | null;
        };
        /** DataModel */
        DataModel: {
            /**
             * Code Groups
             * @default []
             */
            code_groups: {
                [key: string]: unknown;
            }[];
            /**
             * Entities
             * @default []
             */
            entities: components["schemas"]["Entity"][];
            /**
             * Relations
             * @default []
             */
            relations: {
                [key: string]: unknown;
            }[];
        } & {
            [key: string]: unknown;
        };
        /**
         * Dataset
         * @description Rows that the screen holds. A `code` dataset has `rows` and no columns of its own.
         *
         *     It serves the code group named in `code_group`, or the one spelt like its id (`task_status`: `TASK_STATUS`).
         */
        Dataset: {
            /** Code Group */
            code_group?: string | null;
            /** Columns */
            columns?: components["schemas"]["Column"][];
            /** Entity */
            entity?: string | null;
            /** Id */
            id: string;
            /**
             * Label
             * @default
             */
            label?: string;
            /** Popup */
            popup?: string | null;
            /**
             * Role
             * @enum {string}
             */
            role: "search" | "list" | "detail" | "code" | "lookup";
            /** Rows */
            rows?: [
                string,
                string
            ][];
        };
        /** DeletedResponse */
        DeletedResponse: {
            /** Deleted */
            deleted: number;
        };
        /** DeliveriesResponse */
        DeliveriesResponse: {
            /** Items */
            items: components["schemas"]["Delivery"][];
        };
        /**
         * Delivery
         * @description `reason` says why the last attempt failed.
         */
        Delivery: {
            /** Attempts */
            attempts: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Delivered At */
            delivered_at: string | null;
            /** Event */
            event: string;
            /** Failed At */
            failed_at: string | null;
            /** Id */
            id: string;
            /** Reason */
            reason: string | null;
            /** Url */
            url: string;
        };
        /**
         * EditDistance
         * @description Between all emitted files and those accepted in their place; line ends and byte order marks don't count.
         *
         *     `ratio` is characters changed by the characters of the longer side, 0 to 1.
         */
        EditDistance: {
            /** Changed Files */
            changed_files: string[];
            /** Characters */
            characters: number;
            /** Lines */
            lines: number;
            /** Ratio */
            ratio: number;
        };
        /** Entity */
        Entity: {
            /**
             * Fields
             * @default []
             */
            fields: components["schemas"]["ModelField"][];
            /** Label */
            label: string | null;
            /** Name */
            name: string;
            /** Table */
            table: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * ExportedMessage
         * @description What made a message goes with it (R3.3).
         */
        ExportedMessage: {
            /** Content */
            content: string;
            /** Created At */
            created_at?: string | null;
            /** Engine */
            engine?: string | null;
            /** Model */
            model?: string | null;
            /** Model Version */
            model_version?: string | null;
            /** Parameters */
            parameters?: {
                [key: string]: unknown;
            } | null;
            /** Processing Ms */
            processing_ms?: number | null;
            /**
             * Role
             * @enum {string}
             */
            role: "user" | "assistant" | "system";
            /**
             * Status
             * @default complete
             * @enum {string}
             */
            status?: "complete" | "failed" | "cancelled";
            /** Template */
            template?: {
                [key: string]: unknown;
            } | null;
            /** Tokens */
            tokens?: number | null;
        };
        /** ExportedSession */
        ExportedSession: {
            /** Created At */
            created_at?: string | null;
            /** Framework */
            framework?: string | null;
            /**
             * Kind
             * @default chat
             * @enum {string}
             */
            kind?: "chat" | "studio";
            /**
             * Max Tokens
             * @default 512
             */
            max_tokens?: number;
            /** Model */
            model?: string | null;
            /**
             * System Prompt
             * @default
             */
            system_prompt?: string;
            /**
             * Temperature
             * @default 0.7
             */
            temperature?: number;
            /**
             * Title
             * @default
             */
            title?: string;
            /**
             * Use Knowledge
             * @default false
             */
            use_knowledge?: boolean;
        };
        /**
         * FeedbackRequest
         * @description What is given replaces what was said before. `accepted`: the code as it was finally taken over.
         */
        FeedbackRequest: {
            /** Accepted */
            accepted?: components["schemas"]["AcceptedFile"][] | null;
            /** Comment */
            comment?: string | null;
            /**
             * Consent
             * @description Whether the code may be learnt from: examples, training data.
             */
            consent?: boolean | null;
            /** Rating */
            rating?: number | null;
        };
        /**
         * FeedbackResponse
         * @description `distance`: how far the accepted code is from the first emission.
         */
        FeedbackResponse: {
            /** Accepted */
            accepted: components["schemas"]["AcceptedFile"][] | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Comment */
            comment: string | null;
            /**
             * Consent
             * @description Whether the code may be learnt from: examples, training data.
             */
            consent: boolean | null;
            distance: components["schemas"]["EditDistance"] | null;
            /** Generation Id */
            generation_id: string;
            /** Rating */
            rating: number | null;
        };
        /**
         * FileChange
         * @description `content` is null where the file goes, as when its making is rolled back.
         */
        FileChange: {
            /** Base Sha256 */
            base_sha256: string | null;
            /**
             * Checked
             * @default true
             */
            checked: boolean;
            /** Content */
            content: string | null;
            /**
             * Diff
             * @default
             */
            diff: string;
            /**
             * Encoding
             * @default utf-8
             */
            encoding: string;
            /**
             * Language
             * @default text
             */
            language: string;
            /**
             * Operation
             * @enum {string}
             */
            operation: "create" | "modify" | "delete";
            /** Path */
            path: string;
            /** Sha256 */
            sha256: string | null;
        };
        /** FoundMessage */
        FoundMessage: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: string;
            /** Role */
            role: string;
        };
        /** GenerateRequest */
        GenerateRequest: {
            /**
             * Max Tokens
             * @default 512
             */
            max_tokens?: number;
            /** Model */
            model?: string | null;
            /** Prompt */
            prompt: string;
            /**
             * System Prompt
             * @default
             */
            system_prompt?: string;
            /**
             * Temperature
             * @default 0.7
             */
            temperature?: number;
            /**
             * Use Knowledge
             * @default false
             */
            use_knowledge?: boolean;
        };
        /**
         * GenerateResponse
         * @description `usage` as OpenAI counts it; `processing_ms` from the request to the last word.
         */
        GenerateResponse: {
            /** Degraded */
            degraded: boolean;
            /** Engine */
            engine: string | null;
            /** Generation Id */
            generation_id: string;
            /** Model */
            model: string | null;
            /** Model Version */
            model_version: string | null;
            /** Processing Ms */
            processing_ms: number | null;
            /** Text */
            text: string;
            /** Usage */
            usage: {
                [key: string]: number;
            };
            /** Warnings */
            warnings: {
                [key: string]: unknown;
            }[];
        };
        /** GenerationAccepted */
        GenerationAccepted: {
            /** Generation Id */
            generation_id: string;
            /**
             * Status
             * @default queued
             */
            status: string;
        };
        /** GenerationLine */
        GenerationLine: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Degraded */
            degraded: boolean;
            /** Duration Ms */
            duration_ms: number | null;
            /** Engine */
            engine: string | null;
            /** Framework */
            framework: string | null;
            /** Id */
            id: string;
            /** Kind */
            kind: string | null;
            /** Prompt */
            prompt: string;
            /** Status */
            status: string;
        };
        /** GenerationListResponse */
        GenerationListResponse: {
            /** Items */
            items: components["schemas"]["GenerationLine"][];
            /**
             * Next Cursor
             * @description For the page that follows; null at the end.
             */
            next_cursor: string | null;
        };
        /** GenerationOptions */
        GenerationOptions: {
            /**
             * Choices
             * @default {}
             */
            choices?: {
                [key: string]: string;
            };
            /** Deadline S */
            deadline_s?: number | null;
            /** Dialect */
            dialect?: ("postgresql" | "oracle" | "mysql" | "mariadb") | null;
            /**
             * Questions
             * @default true
             */
            questions?: boolean;
            /**
             * Strictness
             * @default relaxed
             * @enum {string}
             */
            strictness?: "relaxed" | "strict";
        };
        /**
         * GenerationRequest
         * @example {
         *       "prompt": "Task 관리 화면 만들어줘"
         *     }
         */
        GenerationRequest: {
            /** Artifacts */
            artifacts?: string[] | null;
            /**
             * Attachments
             * @default []
             */
            attachments?: components["schemas"]["Attachment"][];
            /** Base Generation Id */
            base_generation_id?: string | null;
            /** Framework */
            framework?: string | null;
            /**
             * Mode
             * @default spec
             * @enum {string}
             */
            mode?: "spec" | "direct" | "auto";
            /** Model */
            model?: string | null;
            /**
             * @default {
             *       "strictness": "relaxed",
             *       "choices": {},
             *       "questions": true
             *     }
             */
            options?: components["schemas"]["GenerationOptions"];
            /** Prompt */
            prompt: string;
            /** Session Id */
            session_id?: string | null;
            webhook?: components["schemas"]["Webhook"] | null;
        };
        /**
         * GenerationResult
         * @description The result so far; `timings` are milliseconds by stage, and `total`.
         */
        GenerationResult: {
            /** Answer */
            answer: string | null;
            /**
             * Artifacts
             * @default []
             */
            artifacts: components["schemas"]["ArtifactInfo"][];
            /** Base Generation Id */
            base_generation_id: string | null;
            /**
             * Citations
             * @default []
             */
            citations: components["schemas"]["Citation"][];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            data_model: components["schemas"]["DataModel"] | null;
            /**
             * Degraded
             * @default false
             */
            degraded: boolean;
            /** Ended At */
            ended_at: string | null;
            /** Engine */
            engine: string | null;
            /** Engine Model */
            engine_model: string | null;
            /** Feedback */
            feedback: {
                [key: string]: unknown;
            } | null;
            /** Framework */
            framework: string | null;
            /** Generation Id */
            generation_id: string;
            intent: components["schemas"]["Intent"] | null;
            /**
             * Knowledge
             * @default []
             */
            knowledge: components["schemas"]["KnowledgeHit"][];
            /** Mode */
            mode: string;
            /** Model */
            model: string | null;
            problem: components["schemas"]["Problem"] | null;
            /** Prompt */
            prompt: string;
            /** Session Id */
            session_id: string | null;
            /**
             * Spec Version
             * @default 0
             */
            spec_version: number;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "running" | "waiting" | "completed" | "failed" | "cancelled";
            /**
             * Timings
             * @default {}
             */
            timings: {
                [key: string]: number;
            };
            /**
             * Usage
             * @default {}
             */
            usage: {
                [key: string]: number;
            };
            /**
             * Warnings
             * @default []
             */
            warnings: components["schemas"]["Warning"][];
        };
        /** HTTPValidationError */
        HTTPValidationError: {
            /** Detail */
            detail: components["schemas"]["ValidationError"][];
        };
        /** ImportResponse */
        ImportResponse: {
            /** Messages */
            messages: number;
            session: components["schemas"]["SessionResponse"];
        };
        /** Intent */
        Intent: {
            /**
             * Alternatives
             * @default []
             */
            alternatives: string[];
            /** Confidence */
            confidence: number;
            /** Framework */
            framework: string | null;
            /** Kind */
            kind: string;
            /** Language */
            language: string;
            /** Pattern */
            pattern: string | null;
            /** Pattern Reason */
            pattern_reason: string | null;
            /**
             * Questions
             * @default []
             */
            questions: components["schemas"]["Question"][];
            /** Reason */
            reason: string | null;
            screen: components["schemas"]["Screen"] | null;
            /** Source */
            source: string | null;
        };
        /** KnowledgeHit */
        KnowledgeHit: {
            /** Dense */
            dense: number | null;
            /** Id */
            id: string;
            /**
             * Kind
             * @default
             */
            kind: string;
            /**
             * Score
             * @default 0
             */
            score: number;
            /** Source */
            source: string | null;
            /** Sparse */
            sparse: number | null;
            /**
             * Text
             * @default
             */
            text: string;
            /**
             * Title
             * @default
             */
            title: string;
        };
        /**
         * LoginRequest
         * @description `cookie`: sign this browser in by an HttpOnly cookie; no token is answered.
         */
        LoginRequest: {
            /**
             * Cookie
             * @default false
             */
            cookie?: boolean;
            /** Email */
            email: string;
            /** Password */
            password: string;
        };
        /**
         * LogoutRequest
         * @description With the cookie no body is needed.
         */
        LogoutRequest: {
            /** Refresh Token */
            refresh_token?: string | null;
        };
        /**
         * MessageListResponse
         * @description The newest page, oldest first within it; `next_cursor` leads to older ones.
         */
        MessageListResponse: {
            /** Items */
            items: components["schemas"]["MessageResponse"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * MessageResponse
         * @description A message with what made it; `context.dropped`: earlier messages that the window had no room for.
         */
        MessageResponse: {
            /** Author */
            author: string;
            /** Citations */
            citations: {
                [key: string]: unknown;
            }[];
            /** Client Id */
            client_id: string | null;
            /** Completed At */
            completed_at: string | null;
            /** Content */
            content: string;
            /** Context */
            context: {
                [key: string]: number;
            } | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Degraded */
            degraded: boolean;
            /** Edited At */
            edited_at: string | null;
            /** Engine */
            engine: string | null;
            /** Generation Id */
            generation_id: string | null;
            /** Id */
            id: string;
            /** Model */
            model: string | null;
            /** Model Version */
            model_version: string | null;
            /** Parameters */
            parameters: {
                [key: string]: unknown;
            } | null;
            /** Problem */
            problem: {
                [key: string]: unknown;
            } | null;
            /** Processing Ms */
            processing_ms: number | null;
            /**
             * Role
             * @enum {string}
             */
            role: "user" | "assistant" | "system";
            /** Session Id */
            session_id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "complete" | "streaming" | "failed" | "cancelled";
            /** Template */
            template: {
                [key: string]: unknown;
            } | null;
            /** Tokens */
            tokens: number | null;
            /** Turn */
            turn: number;
            /** Warnings */
            warnings: {
                [key: string]: unknown;
            }[];
        } & {
            [key: string]: unknown;
        };
        /** MessageUpdateRequest */
        MessageUpdateRequest: {
            /** Content */
            content: string;
        };
        /** ModelField */
        ModelField: {
            /** Default */
            default: string | null;
            /** Key */
            key: boolean | null;
            /** Label */
            label: string | null;
            /** Length */
            length: number | null;
            /** Name */
            name: string;
            /** Origin */
            origin: string | null;
            /** Required */
            required: boolean | null;
            /** Scale */
            scale: number | null;
            /** Type */
            type: string | null;
        } & {
            [key: string]: unknown;
        };
        /** ModelListResponse */
        ModelListResponse: {
            /** Default */
            default: string | null;
            /** Models */
            models: components["schemas"]["ModelResponse"][];
        };
        /** ModelResponse */
        ModelResponse: {
            /** Builtin */
            builtin: boolean;
            /** Context Window */
            context_window: number | null;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Max Output Tokens */
            max_output_tokens: number | null;
            /** Model */
            model: string | null;
            /** Model Class */
            model_class: string | null;
            /** State */
            state: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * PackFile
         * @description A file of the pack, by its path below the pack's folder.
         */
        PackFile: {
            /** Content */
            content: string;
            /** Path */
            path: string;
        };
        /** PackFinding */
        PackFinding: {
            /** File */
            file: string;
            /** Line */
            line: number | null;
            /** Message */
            message: string;
            /**
             * Severity
             * @enum {string}
             */
            severity: "error" | "warning";
        };
        /**
         * PackLintRequest
         * @description A framework pack as its files. `name` is its folder's.
         */
        PackLintRequest: {
            /** Files */
            files: components["schemas"]["PackFile"][];
            /**
             * Language
             * @default en
             * @enum {string}
             */
            language?: "ko" | "en";
            /** Name */
            name: string;
        };
        /**
         * PackLintResponse
         * @description What was found, and how much was tried: files emitted, knowledge entries and prompt templates read.
         */
        PackLintResponse: {
            /** Emitted */
            emitted: number;
            /** Entries */
            entries: number;
            /** Findings */
            findings: components["schemas"]["PackFinding"][];
            /** Templates */
            templates: number;
        };
        /** PasswordRequest */
        PasswordRequest: {
            /** Current Password */
            current_password: string;
            /** New Password */
            new_password: string;
        };
        /**
         * PatchFeedbackRequest
         * @description What is given replaces what was said before.
         */
        PatchFeedbackRequest: {
            /** Comment */
            comment?: string | null;
            /**
             * Consent
             * @description Whether the patch may become training data.
             */
            consent?: boolean | null;
            /** Rating */
            rating?: number | null;
        };
        /** PatchFeedbackResponse */
        PatchFeedbackResponse: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Comment */
            comment: string | null;
            /**
             * Consent
             * @description Whether the patch may become training data.
             */
            consent: boolean | null;
            /** Patch Id */
            patch_id: string;
            /** Rating */
            rating: number | null;
        };
        /** PatchLine */
        PatchLine: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Engine */
            engine: string | null;
            /** Intent */
            intent: string;
            /** Patch Id */
            patch_id: string;
            /** Paths */
            paths: string[];
            /** Plan Id */
            plan_id: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "applied" | "rolled_back";
        };
        /** PatchListResponse */
        PatchListResponse: {
            /** Items */
            items: components["schemas"]["PatchLine"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** PatchRecord */
        PatchRecord: {
            /**
             * Applied Before
             * @default false
             */
            applied_before: boolean;
            /**
             * Attempts
             * @default 1
             */
            attempts: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Degraded
             * @default false
             */
            degraded: boolean;
            /** Edits */
            edits: {
                [key: string]: unknown;
            }[];
            /** Engine */
            engine: string | null;
            /** Files */
            files: components["schemas"]["FileChange"][];
            /** Ok */
            ok: boolean;
            /** Patch Id */
            patch_id: string | null;
            /** Plan Id */
            plan_id: string | null;
            /**
             * Reason
             * @default
             */
            reason: string;
            /**
             * Status
             * @enum {string}
             */
            status: "applied" | "rolled_back";
            /**
             * Timings
             * @default {}
             */
            timings: {
                [key: string]: number;
            };
            /**
             * Warnings
             * @default []
             */
            warnings: components["schemas"]["PatchWarning"][];
        };
        /**
         * PatchRequest
         * @description Edits of one's own, applied without an engine; their form is postprocess-service's `PatchEdit`.
         */
        PatchRequest: {
            /**
             * Dry Run
             * @default false
             */
            dry_run?: boolean;
            /** Edits */
            edits: {
                [key: string]: unknown;
            }[];
            /**
             * Files
             * @default []
             */
            files?: components["schemas"]["SourceFile"][];
            /** Framework */
            framework?: string | null;
            /**
             * Language
             * @default ko
             * @enum {string}
             */
            language?: "ko" | "en";
        };
        /**
         * PatchResponse
         * @description `ok` is false where the engine gave no edits; then `reason` says what it said instead.
         */
        PatchResponse: {
            /**
             * Applied Before
             * @default false
             */
            applied_before: boolean;
            /**
             * Attempts
             * @default 1
             */
            attempts: number;
            /**
             * Degraded
             * @default false
             */
            degraded: boolean;
            /** Edits */
            edits: {
                [key: string]: unknown;
            }[];
            /** Engine */
            engine: string | null;
            /** Files */
            files: components["schemas"]["FileChange"][];
            /** Ok */
            ok: boolean;
            /** Patch Id */
            patch_id: string | null;
            /**
             * Reason
             * @default
             */
            reason: string;
            /**
             * Timings
             * @default {}
             */
            timings: {
                [key: string]: number;
            };
            /**
             * Warnings
             * @default []
             */
            warnings: components["schemas"]["PatchWarning"][];
        };
        /** PatchWarning */
        PatchWarning: {
            /** Code */
            code: string;
            /** Message */
            message: string;
        };
        /** PlanLine */
        PlanLine: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Intent */
            intent: string;
            /** Plan Id */
            plan_id: string;
        };
        /** PlanListResponse */
        PlanListResponse: {
            /** Items */
            items: components["schemas"]["PlanLine"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * Popup
         * @description A screen of its own that this screen opens. `key` names the columns that it is given.
         */
        Popup: {
            /** Id */
            id: string;
            /** Key */
            key?: string[];
            /** Screen Id */
            screen_id: string;
            /** Title */
            title: string;
        };
        /**
         * Problem
         * @description RFC 9457.
         */
        Problem: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /** Status */
            status: number;
            /** Title */
            title: string;
            /** Type */
            type: string;
        } & {
            [key: string]: unknown;
        };
        /** ProfileRequest */
        ProfileRequest: {
            /** Name */
            name: string;
        };
        /** Question */
        Question: {
            /**
             * Choices
             * @default []
             */
            choices: components["schemas"]["Choice"][];
            /** Default */
            default: string | null;
            /** Id */
            id: string;
            /** Text */
            text: string;
        };
        /**
         * ReadingRequest
         * @description A prompt that is read, and nothing made of it.
         */
        ReadingRequest: {
            /**
             * Attachments
             * @default []
             */
            attachments?: components["schemas"]["Attachment"][];
            /** Framework */
            framework?: string | null;
            /** Model */
            model?: string | null;
            /** Prompt */
            prompt: string;
        };
        /**
         * ReadingResponse
         * @description `data_model` is null unless a screen is asked for.
         */
        ReadingResponse: {
            data_model: components["schemas"]["DataModel"] | null;
            intent: components["schemas"]["Intent"];
            /**
             * Warnings
             * @default []
             */
            warnings: components["schemas"]["Warning"][];
        };
        /** Receive */
        Receive: {
            /** Dataset */
            dataset: string;
            /**
             * Mode
             * @default replace
             * @enum {string}
             */
            mode?: "replace" | "merge" | "append";
        };
        /** RecentResponse */
        RecentResponse: {
            /** Items */
            items: components["schemas"]["SessionResponse"][];
        };
        /** RefreshRequest */
        RefreshRequest: {
            /** Refresh Token */
            refresh_token: string;
        };
        /**
         * Region
         * @description A part of the screen that shows columns of one dataset, in order.
         *
         *     Conditions and forms name them in `fields`, grids in `columns`. Regions that follow one another and have a `tab`
         *     (its title) are shown one tab at a time; those of the same title share it.
         */
        Region: {
            /**
             * Checkable
             * @default false
             */
            checkable?: boolean;
            /** Columns */
            columns?: string[];
            /** Dataset */
            dataset: string;
            /**
             * Editable
             * @default false
             */
            editable?: boolean;
            /** Fields */
            fields?: string[];
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "conditions" | "grid" | "form";
            /**
             * Label
             * @default
             */
            label?: string;
            /** Popup */
            popup?: string | null;
            /** Read Only */
            read_only?: string[];
            /** Tab */
            tab?: string | null;
        };
        /** RegisterRequest */
        RegisterRequest: {
            /**
             * Cookie
             * @default false
             */
            cookie?: boolean;
            /** Email */
            email: string;
            /** Invitation */
            invitation?: string | null;
            /** Name */
            name?: string | null;
            /** Password */
            password: string;
        };
        /** RegistrationResponse */
        RegistrationResponse: {
            /**
             * Mode
             * @enum {string}
             */
            mode: "open" | "invitation" | "closed";
        };
        /**
         * RollbackResponse
         * @description The files as they were before; what a client has to write to undo the patch.
         */
        RollbackResponse: {
            /** Files */
            files: components["schemas"]["FileChange"][];
            /** Patch Id */
            patch_id: string;
            /** Rolled Back Before */
            rolled_back_before: boolean;
            /**
             * Status
             * @constant
             */
            status: "rolled_back";
        };
        /**
         * Rule
         * @description A check across columns of a dataset, made before it is sent.
         */
        Rule: {
            /** Columns */
            columns: string[];
            /** Dataset */
            dataset: string;
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "date_order" | "at_least_one" | "unique";
            /** Message */
            message: string;
        };
        /** Screen */
        Screen: {
            /** Id */
            id: string;
            /** Title */
            title: string;
        };
        /**
         * ScreenSpec
         * @description A whole screen.
         */
        ScreenSpec: {
            /** Actions */
            actions?: components["schemas"]["Action"][];
            /** Datasets */
            datasets: components["schemas"]["Dataset"][];
            /**
             * Framework
             * @default xframe5
             */
            framework?: string;
            /**
             * Language
             * @default ko
             * @enum {string}
             */
            language?: "ko" | "en";
            /**
             * Pattern
             * @enum {string}
             */
            pattern: "list" | "form" | "list_popup" | "list_detail" | "master_detail" | "multi_save" | "popup_picker";
            /** Popups */
            popups?: components["schemas"]["Popup"][];
            /** Regions */
            regions: components["schemas"]["Region"][];
            /** Rules */
            rules?: components["schemas"]["Rule"][];
            /** Screen Id */
            screen_id: string;
            /** Title */
            title: string;
            /** Transactions */
            transactions?: components["schemas"]["Transaction"][];
            /**
             * Version
             * @default 1
             * @constant
             */
            version?: "1";
        };
        /**
         * SearchRequest
         * @description `kind` and `framework` narrow a search of the knowledge, `repositories` one of code; all of them unless named.
         */
        SearchRequest: {
            /** Framework */
            framework?: string | null;
            /**
             * Index
             * @default knowledge
             * @enum {string}
             */
            index?: "knowledge" | "code";
            /** Kind */
            kind?: string | null;
            /**
             * Limit
             * @default 10
             */
            limit?: number;
            /** Query */
            query: string;
            /** Repositories */
            repositories?: string[] | null;
        };
        /** SearchWarning */
        SearchWarning: {
            /** Code */
            code: string;
            /** Message */
            message: string;
        };
        /** Send */
        Send: {
            /** Dataset */
            dataset: string;
            /**
             * Rows
             * @default all
             * @enum {string}
             */
            rows?: "all" | "changed" | "checked";
        };
        /** SessionCreateRequest */
        SessionCreateRequest: {
            /** Framework */
            framework?: string | null;
            /**
             * Kind
             * @default chat
             * @enum {string}
             */
            kind?: "chat" | "studio";
            /**
             * Max Tokens
             * @default 512
             */
            max_tokens?: number;
            /** Model */
            model?: string | null;
            /**
             * System Prompt
             * @default
             */
            system_prompt?: string;
            /**
             * Temperature
             * @default 0.7
             */
            temperature?: number;
            /** Title */
            title?: string | null;
            /**
             * Use Knowledge
             * @default false
             */
            use_knowledge?: boolean;
        };
        /** SessionListResponse */
        SessionListResponse: {
            /** Items */
            items: components["schemas"]["SessionResponse"][];
            /**
             * Next Cursor
             * @description For the page that follows; null at the end.
             */
            next_cursor: string | null;
        };
        /**
         * SessionResponse
         * @description `running`: the generation under way; `last_seq`: the number of the last frame of its socket.
         */
        SessionResponse: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Framework */
            framework: string | null;
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "chat" | "studio";
            /** Last Message */
            last_message: string | null;
            /** Last Message At */
            last_message_at: string | null;
            /** Last Seq */
            last_seq: number;
            /** Max Tokens */
            max_tokens: number;
            /** Message Count */
            message_count: number;
            /** Model */
            model: string | null;
            /** Running */
            running: string | null;
            /** System Prompt */
            system_prompt: string;
            /** Temperature */
            temperature: number;
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Use Knowledge */
            use_knowledge: boolean;
        };
        /**
         * SessionUpdateRequest
         * @description Only what is given changes; `model` and `framework` go back to the default by null.
         */
        SessionUpdateRequest: {
            /** Framework */
            framework?: string | null;
            /** Max Tokens */
            max_tokens?: number | null;
            /** Model */
            model?: string | null;
            /** System Prompt */
            system_prompt?: string | null;
            /** Temperature */
            temperature?: number | null;
            /** Title */
            title?: string | null;
            /** Use Knowledge */
            use_knowledge?: boolean | null;
        };
        /**
         * SourceFile
         * @description A file as the caller has it. `sha256`, of its bytes, is checked where it is given.
         */
        SourceFile: {
            /** Content */
            content: string;
            /**
             * Encoding
             * @default utf-8
             */
            encoding?: string;
            /** Path */
            path: string;
            /** Sha256 */
            sha256?: string | null;
        };
        /**
         * TokenResponse
         * @description `expires_in`: seconds that the access token lives.
         */
        TokenResponse: {
            /** Access Token */
            access_token: string;
            /** Expires In */
            expires_in: number;
            /** Refresh Token */
            refresh_token: string;
            /**
             * Token Type
             * @default bearer
             */
            token_type: string;
            user: components["schemas"]["AccountUser"] | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * TrainingSummary
         * @description What an export with the same filters would hold. `left_out` counts by reason, `scrubbed` by kind.
         */
        TrainingSummary: {
            /** Consent */
            consent: string;
            /** Left Out */
            left_out: {
                [key: string]: number;
            };
            /** Records */
            records: number;
            /** Samples */
            samples: number;
            /** Scrubbed */
            scrubbed: {
                [key: string]: number;
            };
            /** Test */
            test: number;
            /** Train */
            train: number;
        };
        /**
         * Transaction
         * @description A request to the server. A dataset stands at most once in it. `path` is relative to the server's base.
         *
         *     With `page_size` the rows that a grid receives come in pages of that many.
         */
        Transaction: {
            /** Id */
            id: string;
            /**
             * Label
             * @default
             */
            label?: string;
            /** Page Size */
            page_size?: number | null;
            /** Path */
            path: string;
            /** Popup */
            popup?: string | null;
            /** Receives */
            receives?: components["schemas"]["Receive"][];
            /** Sends */
            sends?: components["schemas"]["Send"][];
        };
        /** TurnAccepted */
        TurnAccepted: {
            /** Generation Id */
            generation_id: string;
            /** Message Id */
            message_id: string;
            /** Turn */
            turn: number;
            /** User Message Id */
            user_message_id: string | null;
        };
        /**
         * TurnRequest
         * @description What is not given is the session's. The same `client_id` twice is one turn.
         */
        TurnRequest: {
            /** Client Id */
            client_id?: string | null;
            /** Max Tokens */
            max_tokens?: number | null;
            /** Message */
            message: string;
            /** Model */
            model?: string | null;
            /** Temperature */
            temperature?: number | null;
        };
        /** TurnResponse */
        TurnResponse: {
            /** Message */
            message: {
                [key: string]: unknown;
            };
            /** User Message */
            user_message: {
                [key: string]: unknown;
            };
        };
        /** UsageDay */
        UsageDay: {
            /** Completion Tokens */
            completion_tokens: number;
            /**
             * Date
             * Format: date
             */
            date: string;
            /** Generations */
            generations: number;
            /** Messages */
            messages: number;
            /** Prompt Tokens */
            prompt_tokens: number;
        };
        /** UsageModel */
        UsageModel: {
            /** Generations */
            generations: number;
            /** Model */
            model: string | null;
            /** Total Tokens */
            total_tokens: number;
        };
        /**
         * UsageResponse
         * @description `totals` are of all time; `days` (UTC) and `models` of the days asked for.
         */
        UsageResponse: {
            /** Days */
            days: components["schemas"]["UsageDay"][];
            /** Models */
            models: components["schemas"]["UsageModel"][];
            totals: components["schemas"]["UsageTotals"];
        };
        /** UsageTotals */
        UsageTotals: {
            /** Completed */
            completed: number;
            /** Completion Tokens */
            completion_tokens: number;
            /** Failed */
            failed: number;
            /** Generations */
            generations: number;
            /** Messages */
            messages: number;
            /** Prompt Tokens */
            prompt_tokens: number;
            /** Sessions */
            sessions: number;
            /** Total Tokens */
            total_tokens: number;
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
        /** Warning */
        Warning: {
            /** Code */
            code: string;
            /** Message */
            message: string;
        };
        /**
         * Webhook
         * @description Where to tell of the end; signed with the user's secret (`GET /api/v1/webhooks/secret`).
         */
        Webhook: {
            /** Url */
            url: string;
        };
        /** WebhookSecretResponse */
        WebhookSecretResponse: {
            /** Secret */
            secret: string;
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
    message_history_api_auth_history_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                q?: string | null;
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
                    "application/json": components["schemas"]["MessageListResponse"];
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
    login_api_auth_login_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenResponse"] | components["schemas"]["BrowserResponse"];
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
    logout_api_auth_logout_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["LogoutRequest"] | null;
            };
        };
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
    me_api_auth_me_get: {
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
                    "application/json": components["schemas"]["AccountUser"];
                };
            };
        };
    };
    update_me_api_auth_me_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountUser"];
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
    delete_me_api_auth_me_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountDeleteRequest"];
            };
        };
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
    update_me_api_auth_me_patch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountUser"];
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
    change_password_api_auth_password_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordRequest"];
            };
        };
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
    refresh_api_auth_refresh_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenResponse"];
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
    register_api_auth_register_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenResponse"] | components["schemas"]["BrowserResponse"];
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
    registration_api_auth_registration_get: {
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
                    "application/json": components["schemas"]["RegistrationResponse"];
                };
            };
        };
    };
    session_api_auth_session_get: {
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
                    "application/json": components["schemas"]["BrowserResponse"];
                };
            };
        };
    };
    usage_api_auth_usage_get: {
        parameters: {
            query?: {
                days?: number;
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
    generate_api_llm_generate_post: {
        parameters: {
            query?: never;
            header?: {
                accept?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerateRequest"];
            };
        };
        responses: {
            /** @description The answer, or the event stream where `Accept` asks for it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerateResponse"];
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
    list_models_api_llm_models_get: {
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
                    "application/json": components["schemas"]["ModelListResponse"];
                };
            };
        };
    };
    read_model_api_llm_models__model_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model_id: string;
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
                    "application/json": components["schemas"]["ModelResponse"];
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
    list_sessions_api_sessions_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                kind?: ("chat" | "studio") | null;
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
                    "application/json": components["schemas"]["SessionListResponse"];
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
    create_session_api_sessions_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionCreateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionResponse"];
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
    read_session_api_sessions__session_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
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
                    "application/json": components["schemas"]["SessionResponse"];
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
    update_session_api_sessions__session_id__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionUpdateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionResponse"];
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
    delete_session_api_sessions__session_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
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
    update_session_api_sessions__session_id__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionUpdateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionResponse"];
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
    export_session_api_sessions__session_id__export_get: {
        parameters: {
            query?: {
                format?: "json" | "markdown";
            };
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "text/markdown": unknown;
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
    list_messages_api_sessions__session_id__messages_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                session_id: string;
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
                    "application/json": components["schemas"]["MessageListResponse"];
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
    create_message_api_sessions__session_id__messages_post: {
        parameters: {
            query?: never;
            header?: {
                accept?: string;
                prefer?: string;
            };
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TurnRequest"];
            };
        };
        responses: {
            /** @description The answer, or the event stream where `Accept` asks for it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TurnResponse"];
                    "text/event-stream": string;
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TurnAccepted"];
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
    delete_messages_api_sessions__session_id__messages_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
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
                    "application/json": components["schemas"]["DeletedResponse"];
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
    read_message_api_sessions__session_id__messages__message_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
                session_id: string;
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
                    "application/json": components["schemas"]["MessageResponse"];
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
    update_message_api_sessions__session_id__messages__message_id__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
                session_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageUpdateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponse"];
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
    delete_message_api_sessions__session_id__messages__message_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
                session_id: string;
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
    switch_session_api_sessions__session_id__switch_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
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
                    "application/json": components["schemas"]["SessionResponse"];
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
    current_session_api_sessions_current_get: {
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
                    "application/json": components["schemas"]["SessionResponse"];
                };
            };
        };
    };
    import_file_api_sessions_import_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Exported At */
                    exported_at?: string | null;
                    /**
                     * Format
                     * @default framewright-session
                     * @constant
                     */
                    format?: "framewright-session";
                    /**
                     * Messages
                     * @default []
                     */
                    messages?: components["schemas"]["ExportedMessage"][];
                    session: components["schemas"]["ExportedSession"];
                    /**
                     * Version
                     * @default 1
                     * @constant
                     */
                    version?: 1;
                };
                "text/markdown": string;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResponse"];
                };
            };
        };
    };
    recent_sessions_api_sessions_recent_get: {
        parameters: {
            query?: {
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
                    "application/json": components["schemas"]["RecentResponse"];
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
    search_sessions_api_sessions_search_get: {
        parameters: {
            query: {
                cursor?: string | null;
                limit?: number;
                q: string;
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
                    "application/json": components["schemas"]["app__features__sessions__schemas__SearchResponse"];
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
    read_audit_api_v1_audit_get: {
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
                    "application/json": components["schemas"]["AuditResponse"];
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
    list_batches_api_v1_batches_get: {
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
                    "application/json": components["schemas"]["BatchListResponse"];
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
    create_batch_api_v1_batches_post: {
        parameters: {
            query?: {
                name?: string;
                webhook?: string | null;
            };
            header?: {
                /** @description The same key and file: the same batch. */
                "idempotency-key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchAccepted"];
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
    read_batch_api_v1_batches__batch_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: string;
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
                    "application/json": components["schemas"]["Batch"];
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
    cancel_batch_api_v1_batches__batch_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: string;
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
                    "application/json": components["schemas"]["BatchCancelled"];
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
    read_archive_api_v1_batches__batch_id__archive_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A folder for each row, and summary.csv. */
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
    read_rows_api_v1_batches__batch_id__rows_get: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                batch_id: string;
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
                    "application/json": components["schemas"]["BatchRowsResponse"];
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
    list_generations_api_v1_generations_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                q?: string | null;
                status?: ("queued" | "running" | "waiting" | "completed" | "failed" | "cancelled") | null;
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
    create_api_v1_generations_post: {
        parameters: {
            query?: never;
            header?: {
                accept?: string;
                /** @description The same key and body: the same generation. */
                "idempotency-key"?: string | null;
                prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerationRequest"];
            };
        };
        responses: {
            /** @description The result, or the event stream where `Accept` asks for it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerationResult"];
                    "text/event-stream": string;
                };
            };
            /** @description `Prefer: respond-async`: it runs; `Location` says where. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerationAccepted"];
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
    read_api_v1_generations__generation_id__get: {
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
                    "application/json": components["schemas"]["GenerationResult"];
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
    cancel_api_v1_generations__generation_id__delete: {
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
                    "application/json": components["schemas"]["CancelResponse"];
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
    answer_api_v1_generations__generation_id__answers_post: {
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
                "application/json": components["schemas"]["AnswerRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerResponse"];
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
    read_archive_api_v1_generations__generation_id__archive_get: {
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
            /** @description All files as a zip. */
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
    list_artifacts_api_v1_generations__generation_id__artifacts_get: {
        parameters: {
            query?: {
                /** @description Of the spec; the current one unless named. */
                version?: number | null;
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
                    "application/json": components["schemas"]["ArtifactListResponse"];
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
    read_artifact_api_v1_generations__generation_id__artifacts__path__get: {
        parameters: {
            query?: {
                /** @description Of the spec; the current one unless named. */
                version?: number | null;
            };
            header?: never;
            path: {
                generation_id: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file's exact bytes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
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
    events_api_v1_generations__generation_id__events_get: {
        parameters: {
            query?: never;
            header?: {
                "last-event-id"?: string | null;
            };
            path: {
                generation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The result, or the event stream where `Accept` asks for it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description `Last-Event-ID` is the last event that there will be: browsers ask no more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `Last-Event-ID` is no number. */
            400: {
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
    feedback_api_v1_generations__generation_id__feedback_post: {
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
                "application/json": components["schemas"]["FeedbackRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedbackResponse"];
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
    read_preview_api_v1_generations__generation_id__preview_get: {
        parameters: {
            query?: {
                theme?: "auto" | "light" | "dark";
                version?: number | null;
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
    read_spec_api_v1_generations__generation_id__spec_get: {
        parameters: {
            query?: {
                version?: number | null;
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
                    "application/json": components["schemas"]["ScreenSpec"];
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
    write_spec_api_v1_generations__generation_id__spec_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that was edited, as `ETag` gave it. */
                "if-match"?: string | null;
            };
            path: {
                generation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScreenSpec"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerationResult"];
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
    read_prompt_api_v1_generations_readings_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadingRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadingResponse"];
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
    lint_pack_api_v1_packs_lint_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PackLintRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PackLintResponse"];
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
    list_patches_api_v1_patches_get: {
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
                    "application/json": components["schemas"]["PatchListResponse"];
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
    create_patch_api_v1_patches_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatchResponse"];
                };
            };
            /** @description A file is not what the patch was made for. Every file stays as it was. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What can't be applied: `failures` says which edit, why, and where to look. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    read_patch_api_v1_patches__patch_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patch_id: string;
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
                    "application/json": components["schemas"]["PatchRecord"];
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
    rate_patch_api_v1_patches__patch_id__feedback_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patch_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchFeedbackRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatchFeedbackResponse"];
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
    roll_back_patch_api_v1_patches__patch_id__rollback_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patch_id: string;
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
                    "application/json": components["schemas"]["RollbackResponse"];
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
    list_plans_api_v1_plans_get: {
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
                    "application/json": components["schemas"]["PlanListResponse"];
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
    delete_plan_api_v1_plans__plan_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plan_id: string;
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
    list_repositories_api_v1_repositories_get: {
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
                content?: never;
            };
        };
    };
    create_repository_api_v1_repositories_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    read_repository_api_v1_repositories__repository_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                repository_id: string;
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
    delete_repository_api_v1_repositories__repository_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                repository_id: string;
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
    index_repository_api_v1_repositories__repository_id__index_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                repository_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
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
    search_api_v1_search_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["app__features__search__schemas__SearchResponse"];
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
    export_training_api_v1_training_export_get: {
        parameters: {
            query?: {
                /** @description Whether the built-in engine's answers count. */
                builtin?: boolean;
                framework?: string | null;
                /** @description Good answers, or pairs of a better and a worse. */
                kind?: "sft" | "dpo";
                /** @description An engine's id, or a model. */
                model?: string | null;
                /** @description The lowest rating. */
                rating?: number | null;
                /** @description 15 % are held out as `test`. */
                split?: "train" | "test" | "all";
                task?: ("spec" | "direct" | "patch") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One sample a line. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
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
    summarise_training_api_v1_training_summary_get: {
        parameters: {
            query?: {
                /** @description Whether the built-in engine's answers count. */
                builtin?: boolean;
                framework?: string | null;
                /** @description Good answers, or pairs of a better and a worse. */
                kind?: "sft" | "dpo";
                /** @description An engine's id, or a model. */
                model?: string | null;
                /** @description The lowest rating. */
                rating?: number | null;
                /** @description 15 % are held out as `test`. */
                split?: "train" | "test" | "all";
                task?: ("spec" | "direct" | "patch") | null;
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
                    "application/json": components["schemas"]["TrainingSummary"];
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
    list_deliveries_api_v1_webhooks_deliveries_get: {
        parameters: {
            query?: {
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
                    "application/json": components["schemas"]["DeliveriesResponse"];
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
    read_secret_api_v1_webhooks_secret_get: {
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
                    "application/json": components["schemas"]["WebhookSecretResponse"];
                };
            };
        };
    };
}
