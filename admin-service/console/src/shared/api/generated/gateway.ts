/* Made by `npm run api` from the openapi.json of gateway. */
export interface paths {
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An access token and a refresh token for a password */
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
        /** The refresh token, and what came of it, is void */
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
        put?: never;
        post?: never;
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
        /** The files, without their content */
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
        /** Index a repository, or what changed in it */
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
         * FeedbackRequest
         * @description `accepted`: the code as it was finally taken over.
         */
        FeedbackRequest: {
            /** Accepted */
            accepted?: components["schemas"]["AcceptedFile"][] | null;
            /** Comment */
            comment?: string | null;
            /** Rating */
            rating?: number | null;
        };
        /** FeedbackResponse */
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
            /** Generation Id */
            generation_id: string;
            /** Rating */
            rating: number | null;
        };
        /** GenerationAccepted */
        GenerationAccepted: {
            /** Generation Id */
            generation_id: string;
            /**
             * Status
             * @default running
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
             *       "questions": true
             *     }
             */
            options?: components["schemas"]["GenerationOptions"];
            /** Prompt */
            prompt: string;
            /** Session Id */
            session_id?: string | null;
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
            status: "running" | "waiting" | "completed" | "failed" | "cancelled";
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
        /** LoginRequest */
        LoginRequest: {
            /** Email */
            email: string;
            /** Password */
            password: string;
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
         * SearchHit
         * @description Scores are 0 to 1.
         */
        SearchHit: {
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
        /** SearchResponse */
        SearchResponse: {
            /** Hits */
            hits: components["schemas"]["SearchHit"][];
            /**
             * Warnings
             * @default []
             */
            warnings: components["schemas"]["SearchWarning"][];
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
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
    logout_api_auth_logout_post: {
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
    list_generations_api_v1_generations_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                q?: string | null;
                status?: ("running" | "waiting" | "completed" | "failed" | "cancelled") | null;
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
            query?: never;
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
                    "application/json": components["schemas"]["SearchResponse"];
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
