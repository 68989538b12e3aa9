-- CreateEnum
CREATE TYPE "RunStatus" AS ENUM ('queued', 'running', 'completed', 'cancelled', 'interrupted');

-- CreateEnum
CREATE TYPE "RowStatus" AS ENUM ('ok', 'error', 'timeout', 'cancelled');

-- CreateTable
CREATE TABLE "demo_sessions" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "address_key" TEXT NOT NULL,
    "endpoint_url" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "endpoint_profile" JSONB NOT NULL,
    "prompts_used" INTEGER NOT NULL DEFAULT 0,
    "questions_used" INTEGER NOT NULL DEFAULT 0,
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "credentials_deleted_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "demo_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable: UNLOGGED, so that a sealed key is in no WAL and in no base backup, and a crash empties the table
CREATE UNLOGGED TABLE "demo_model_configs" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "endpoint_url" TEXT NOT NULL,
    "api_key_encrypted" BYTEA NOT NULL,
    "model_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "demo_model_configs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "demo_batch_test_runs" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "status" "RunStatus" NOT NULL DEFAULT 'queued',
    "suite_id" TEXT,
    "endpoint_url" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "system_prompt" TEXT,
    "concurrency" INTEGER NOT NULL,
    "max_tokens" INTEGER NOT NULL,
    "temperature" DOUBLE PRECISION,
    "total" INTEGER NOT NULL,
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "demo_batch_test_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "demo_batch_test_results" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "category" TEXT,
    "prompt" TEXT NOT NULL,
    "status" "RowStatus",
    "response" TEXT,
    "error_type" TEXT,
    "error_message" TEXT,
    "error_http_status" INTEGER,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "latency_ms" DOUBLE PRECISION,
    "first_token_ms" DOUBLE PRECISION,
    "input_tokens" INTEGER,
    "output_tokens" INTEGER,
    "total_tokens" INTEGER,
    "tokens_per_second" DOUBLE PRECISION,
    "finish_reason" TEXT,
    "truncated" BOOLEAN NOT NULL DEFAULT false,
    "incomplete" BOOLEAN NOT NULL DEFAULT false,
    "incomplete_reasons" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "asks_follow_up" BOOLEAN NOT NULL DEFAULT false,
    "refusal" BOOLEAN NOT NULL DEFAULT false,
    "empty" BOOLEAN NOT NULL DEFAULT false,
    "characters" INTEGER,
    "words" INTEGER,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "demo_batch_test_results_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "demo_run_events" (
    "session_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "run_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "number" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "demo_run_events_pkey" PRIMARY KEY ("session_id","seq")
);

-- CreateTable
CREATE TABLE "demo_atlas_messages" (
    "id" BIGSERIAL NOT NULL,
    "session_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "question" TEXT,
    "answer" JSONB NOT NULL,
    "conversation" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "demo_atlas_messages_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "demo_sessions_token_hash_key" ON "demo_sessions"("token_hash");

-- CreateIndex
CREATE INDEX "demo_sessions_address_key_expires_at_idx" ON "demo_sessions"("address_key", "expires_at");

-- CreateIndex
CREATE INDEX "demo_sessions_expires_at_idx" ON "demo_sessions"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "demo_model_configs_session_id_key" ON "demo_model_configs"("session_id");

-- CreateIndex
CREATE INDEX "demo_model_configs_expires_at_idx" ON "demo_model_configs"("expires_at");

-- CreateIndex
CREATE INDEX "demo_batch_test_runs_session_id_created_at_idx" ON "demo_batch_test_runs"("session_id", "created_at");

-- CreateIndex
CREATE INDEX "demo_batch_test_runs_status_lease_until_idx" ON "demo_batch_test_runs"("status", "lease_until");

-- CreateIndex
CREATE UNIQUE INDEX "demo_batch_test_results_run_id_number_key" ON "demo_batch_test_results"("run_id", "number");

-- CreateIndex
CREATE INDEX "demo_atlas_messages_session_id_id_idx" ON "demo_atlas_messages"("session_id", "id");

-- AddForeignKey
ALTER TABLE "demo_model_configs" ADD CONSTRAINT "demo_model_configs_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "demo_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "demo_batch_test_runs" ADD CONSTRAINT "demo_batch_test_runs_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "demo_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "demo_batch_test_results" ADD CONSTRAINT "demo_batch_test_results_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "demo_batch_test_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "demo_run_events" ADD CONSTRAINT "demo_run_events_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "demo_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "demo_atlas_messages" ADD CONSTRAINT "demo_atlas_messages_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "demo_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;
