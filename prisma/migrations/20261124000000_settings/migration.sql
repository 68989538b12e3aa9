-- CreateTable
CREATE TABLE "demo_settings" (
    "name" TEXT NOT NULL,
    "value" BYTEA NOT NULL,

    CONSTRAINT "demo_settings_pkey" PRIMARY KEY ("name")
);
